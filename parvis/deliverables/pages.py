"""What the team's page of a deliverable shows, and who will hear of a new version."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from parvis.access import Actor
from parvis.clients.models import Membership, MembershipState
from parvis.core.calendar import add_working_days, end_of_working_day
from parvis.deliverables.answers import Answer, answers_of
from parvis.deliverables.deciders import deciders_of, why_nobody_could_approve
from parvis.deliverables.models import (
    ApproverSlot,
    Decision,
    Deliverable,
    DeliverableState,
    DeliverableVersion,
    Purpose,
    Verdict,
)
from parvis.deliverables.review import RemarkView, remarks_of
from parvis.deliverables.rules import can_still_be_approved
from parvis.deliverables.stage import PageUrl, Sheet, StageFile, sheets_of, stage_files
from parvis.deliverables.tracking import Tracking, tracking
from parvis.deliverables.votes import awaited, votes_from
from parvis.outbox.models import Message, MessageState
from parvis.ui import dates
from parvis.workspaces.calendar import calendar_of

READY_MAIL = "contacts.deliverable_ready"  # a kind of `notifications`, which stand above


@dataclass(frozen=True, slots=True)
class MenuVersion:
    """One entry of the version menu."""

    label: str
    line: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class DeliverablePage:
    """Everything on the page."""

    version: DeliverableVersion | None
    versions: list[MenuVersion]
    files: list[StageFile]
    sheets: list[Sheet]
    open_remarks: list[RemarkView]
    settled_remarks: list[RemarkView]
    tracking: Tracking | None
    answers: list[Answer]
    status_line: str
    due_at: datetime | None  # where an answer is still asked for

    @property
    def is_being_drawn(self) -> bool:
        """Whether page pictures are still on their way."""
        return any(file.is_being_drawn for file in self.files)

    @property
    def plain_files(self) -> list[StageFile]:
        """Files without page pictures."""
        return [file for file in self.files if not file.pages and not file.is_being_drawn]


def with_everything(rows: QuerySet[Deliverable]) -> QuerySet[Deliverable]:
    """The rows with what the page and its frame need of each."""
    slots = ApproverSlot.objects.select_related("contact")
    rows = rows.select_related(
        "project", "client__portal", "policy", "current_version__submitted_by", "responsible"
    )
    return rows.prefetch_related(Prefetch("slots", queryset=slots))


def deliverable_page(
    deliverable: Deliverable,
    *,
    number: int | None,
    side: str,
    is_tracked: bool,
    actor: Actor,
    at: datetime,
) -> DeliverablePage:
    """The page for one version, the current one without a number; a fixed number of queries.

    `side` says what stands beside the picture: words of remarks are only read where they are shown, the
    tracking only where `is_tracked` asks for it.
    """
    versions = list(deliverable.versions.select_related("submitted_by"))
    version = next((v for v in versions if v.number == number), versions[0] if versions else None)
    remarks = remarks_of(deliverable, actor) if side in ("open", "settled") else pinned(deliverable)
    files = stage_files(version) if version else []
    shown = {deliverable.current_version_id, version.pk if version else None} - {None}
    decisions = list(Decision.objects.filter(version__in=shown).order_by("at"))
    answers = [each for each in decisions if each.version_id == deliverable.current_version_id]
    waits = deliverable.is_awaiting and _lacks(deliverable)
    panel = None
    if is_tracked:
        panel = tracking(deliverable, at, slots=list(deliverable.slots.all()), answers=answers)
    return DeliverablePage(
        version=version,
        versions=[_menu_entry(deliverable, each, version) for each in versions],
        files=files,
        sheets=sheets_of(deliverable, version, files, remarks, _page_urls(deliverable.pk)) if version else [],
        open_remarks=[view for view in remarks if view.is_open],
        settled_remarks=[view for view in remarks if not view.is_open],
        tracking=panel,
        answers=answers_of(each for each in decisions if version and each.version_id == version.pk),
        status_line=status_line(deliverable, answers, at, waits=waits),
        due_at=deliverable.due_at if waits else None,
    )


def pinned(deliverable: Deliverable) -> list[RemarkView]:
    """The remarks as pins and counts, without their words; one query."""
    return [RemarkView(remark, None) for remark in deliverable.remarks.select_related("thread", "version")]


def _lacks(deliverable: Deliverable) -> bool:
    """Whether an answer is still to come (A-46); only of an opinion the database has to be asked."""
    if deliverable.purpose == Purpose.APPROVAL:
        return deliverable.project.guard.writable
    return Deliverable.objects.lacking_an_answer().filter(pk=deliverable.pk).exists()


def status_line(deliverable: Deliverable, answers: Sequence[Decision], at: datetime, *, waits: bool) -> str:
    """Who is awaited, or how it ended, in one sentence (G1-02c, G1-19, G1-26d); `waits`: for an answer."""
    decisions = {decision.contact_id: decision for decision in answers}
    if deliverable.is_awaiting:
        return _waiting_line(deliverable, decisions, at, waits=waits)
    if deliverable.state == DeliverableState.DRAFT and deliverable.shown_version_id:
        return _("Taken back. The client goes on seeing the version before it.")
    if deliverable.state == DeliverableState.DRAFT:
        return _("A draft. The client sees nothing of it.")
    if deliverable.state == DeliverableState.CHANGES_REQUESTED:
        return _("The client asked for changes.")
    if deliverable.state == DeliverableState.REJECTED:
        return _("The client said no.")
    approved = [_named(d) for d in decisions.values() if d.verdict == Verdict.APPROVED]
    return _("Approved by %(names)s.") % {"names": ", ".join(approved)}


def _waiting_line(
    deliverable: Deliverable, decisions: Mapping[UUID, Decision], at: datetime, *, waits: bool
) -> str:
    names = ", ".join(_awaited_names(deliverable, decisions))
    if _is_stuck(deliverable, decisions):
        return _("Too few approvers are left to approve it. Change who approves, or publish a new version.")
    if deliverable.purpose == Purpose.INFORMATION:
        return _("The client can look at it. No answer is asked for.")
    if not waits:
        return _("No answer is expected at the moment.")
    if deliverable.due_at and deliverable.due_at < at:
        words = {"day": dates.short_day(deliverable.due_at), "names": names}
        if not names:
            return _("The deadline has passed (%(day)s). Waiting for the client.") % words
        return _("The deadline has passed (%(day)s). Waiting for %(names)s.") % words
    return _("Waiting for %(names)s.") % {"names": names} if names else _("Waiting for the client.")


def version_notice(deliverable: Deliverable, version: DeliverableVersion | None) -> str:
    """What the team has to know about the version on the screen, empty for the current one (A-44)."""
    if version is None:
        return ""
    if version.outcome == DeliverableVersion.Outcome.WITHDRAWN:
        return _("This version was taken back. The client does not see it.")
    if version.pk == deliverable.current_version_id:
        return ""
    if version.pk == deliverable.shown_version_id:
        return _("The newer version was taken back, so this is the one the client sees.")
    return _("You are looking at an older version.")


def _is_stuck(deliverable: Deliverable, decisions: Mapping[UUID, Decision]) -> bool:
    """Whether "no opinion" has used up the approvals that were needed (A-15)."""
    votes = votes_from(deliverable.slots.all(), decisions)
    required = deliverable.policy.required_approvers
    return deliverable.purpose == Purpose.APPROVAL and not can_still_be_approved(votes, required)


def _awaited_names(deliverable: Deliverable, decisions: Mapping[UUID, Decision]) -> list[str]:
    """Those whose turn it is; an opinion is asked of nobody in particular."""
    if deliverable.purpose != Purpose.APPROVAL:
        return []
    slots = awaited(deliverable.slots.all(), decisions, deliverable.policy.order)
    return [slot.contact.name for slot in slots]


def _named(decision: Decision) -> str:
    """The name with the function in brackets (G1-19)."""
    if not decision.function:
        return decision.contact_name
    return f"{decision.contact_name} ({decision.function})"


def _menu_entry(
    deliverable: Deliverable, version: DeliverableVersion, shown: DeliverableVersion | None
) -> MenuVersion:
    return MenuVersion(
        label=_("Version %(number)s") % {"number": version.number},
        line=f"{dates.when(version.submitted_at)} · {version.get_outcome_display()}",
        url=reverse("deliverables:deliverable", args=[deliverable.pk]) + f"?version={version.number}",
        current=shown is not None and version.pk == shown.pk,
    )


def _page_urls(pk: UUID) -> PageUrl:
    return lambda file_id, page, size: reverse("deliverables:page", args=[pk, file_id, page, size])


@dataclass(frozen=True, slots=True)
class Recipients:
    """Who gets which mail when the next version is published, said before it happens."""

    asked: list[str]
    later: list[str]
    unable: list[str]
    informed: list[str]
    due_at: datetime | None
    obstacle: str


def recipients(deliverable: Deliverable, memberships: Sequence[Membership], at: datetime) -> Recipients:
    """Approvers first; in a sequence the others are written to when it is their turn (A-14).

    `unable` are approvers who cannot answer, and so get nothing; `obstacle` says what keeps all from it.
    """
    is_approval = deliverable.purpose == Purpose.APPROVAL
    slots = list(deliverable.slots.all()) if is_approval else []
    able = deciders_of([deliverable], [slot.contact_id for slot in slots])[deliverable.pk]
    names = [slot.contact.name for slot in slots if slot.contact_id in able]
    obstacle = why_nobody_could_approve(deliverable.client.portal) if is_approval else None
    is_sequential = deliverable.policy.order == "sequential"
    approvers = {slot.contact_id for slot in slots}
    reached = [
        membership.contact.name
        for membership in memberships
        if membership.contact_id not in approvers
        and membership.role != "billing"
        and membership.state in (MembershipState.INVITED, MembershipState.ACTIVE)
    ]
    return Recipients(
        asked=names[:1] if is_sequential else names,
        later=names[1:] if is_sequential else [],
        unable=[slot.contact.name for slot in slots if slot.contact_id not in able],
        informed=reached,
        due_at=_due_at(deliverable, at),
        obstacle=str(obstacle or ""),
    )


def told_of(deliverable: Deliverable) -> list[str]:
    """Names of the contacts a mail has told of the current version: they are told when it is taken back."""
    mails = Message.objects.filter(
        workspace=deliverable.workspace_id,
        kind=READY_MAIL,
        payload__version_id=str(deliverable.current_version_id),
        state__in=(MessageState.SENT, MessageState.UNKNOWN, MessageState.SENDING),
    )
    inside = Membership.objects.usable().filter(client=deliverable.client_id)
    reached = inside.filter(contact__in=mails.values("contact_id")).select_related("contact")
    return [membership.contact.name for membership in reached.order_by("created_at", "pk")]


def _due_at(deliverable: Deliverable, at: datetime) -> datetime | None:
    """When the next version is due if it is published now under the agreed terms (G1-22)."""
    days = deliverable.policy.deadline_days
    if not days or deliverable.purpose == Purpose.INFORMATION:
        return None
    calendar = calendar_of(deliverable.workspace_id)
    return end_of_working_day(add_working_days(calendar.day_of(at), days, calendar), calendar)
