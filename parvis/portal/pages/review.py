"""A version in front of its reader: stage, thread, decision (DESIGN screen 2)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from parvis.access import Actor, Permission, may
from parvis.core.prepared import hang, prepared
from parvis.deliverables.answers import Answer, answers_of, removed_since
from parvis.deliverables.models import ApproverSlot, Decision, Deliverable, DeliverableVersion, Purpose
from parvis.deliverables.review import DecisionRights, RemarkView, decision_rights, remarks_of
from parvis.deliverables.stage import Sheet, StageFile, sheets_of, stage_files
from parvis.deliverables.votes import decided_on, slots_of
from parvis.http.pages import one_or_404
from parvis.portal.pages.stage import page_urls
from parvis.ui import dates


@dataclass(frozen=True, slots=True)
class MenuVersion:
    """One entry of the version menu."""

    label: str
    line: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class OtherApprover:
    """Somebody else who decides, with their function (G1-19, G1-21)."""

    contact_id: UUID
    name: str
    function: str
    verdict: str
    at: datetime | None

    @property
    def named(self) -> str:
        """The name with the function in brackets, as the status line has it (G1-19)."""
        return f"{self.name} ({self.function})" if self.function else self.name


@dataclass(frozen=True, slots=True)
class Review:
    """Everything on the page."""

    deliverable: Deliverable
    version: DeliverableVersion
    is_current: bool
    versions: list[MenuVersion]
    previous: DeliverableVersion | None
    files: list[StageFile]
    sheets: list[Sheet]
    open_remarks: list[RemarkView]
    settled_remarks: list[RemarkView]
    rights: DecisionRights
    approvers: list[OtherApprover]
    answers: list[Answer]
    reader_id: UUID | None
    may_comment: bool
    may_resolve: bool
    may_download: bool
    may_pass: bool
    tag: str

    @property
    def is_approver(self) -> bool:
        """Whether the reader is among those who decide."""
        return any(each.contact_id == self.reader_id for each in self.approvers)

    @property
    def others(self) -> list[OtherApprover]:
        """Who decides beside the reader."""
        return [each for each in self.approvers if each.contact_id != self.reader_id]

    @property
    def is_being_drawn(self) -> bool:
        """Whether page pictures are still on their way."""
        return any(file.is_being_drawn for file in self.files)

    @property
    def plain_files(self) -> list[StageFile]:
        """Files without page pictures: named, with a way to fetch them."""
        return [file for file in self.files if not file.pages and not file.is_being_drawn]


def find_for_review(actor: Actor, pk: UUID) -> Deliverable:
    """A deliverable within reach, with what the page and its frame need of it; raises Http404."""
    deliverable = one_or_404(_for_review(actor, pk))
    hang([deliverable], "slots", {pk: slots_of(pk)})
    return deliverable


@prepared
def _for_review(actor: Actor, pk: UUID) -> QuerySet[Deliverable]:
    rows = Deliverable.objects.visible_to(actor).filter(pk=pk).telling_who_waits()
    return rows.select_related(
        "project", "client__portal", "client__owner", "policy", "shown_version", "responsible"
    )


@prepared
def shown_versions(deliverable_id: UUID) -> QuerySet[DeliverableVersion]:
    """What was ever shown and not taken back, newest first."""
    rows = DeliverableVersion.objects.filter(deliverable=deliverable_id).order_by("-number")
    return rows.select_related("submitted_by").exclude(outcome=DeliverableVersion.Outcome.WITHDRAWN)


def review(
    deliverable: Deliverable, versions: list[DeliverableVersion], version: DeliverableVersion, actor: Actor
) -> Review:
    """The page for one version of a deliverable; at most ten queries with those of the request."""
    remarks = remarks_of(deliverable, actor)
    files = stage_files(version)
    rights = decision_rights(deliverable, actor)
    is_current = version.pk == deliverable.shown_version_id
    return Review(
        deliverable=deliverable,
        version=version,
        is_current=is_current,
        versions=[_menu_entry(deliverable, each, version) for each in versions],
        previous=next((each for each in versions if each.number < version.number), None),
        files=files,
        sheets=sheets_of(deliverable, version, files, remarks, page_urls(deliverable.pk)),
        open_remarks=[view for view in remarks if view.is_open],
        settled_remarks=[view for view in remarks if not view.is_open],
        rights=rights,
        approvers=_approvers(deliverable, rights),
        answers=_answers(version, rights, actor, is_current=is_current),
        reader_id=actor.contact_id,
        may_comment=is_current and may(actor, Permission.COMMENT_ADD, deliverable),
        may_resolve=may(actor, Permission.THREAD_RESOLVE, deliverable),
        may_download=may(actor, Permission.DOCUMENT_DOWNLOAD, deliverable),
        may_pass=_may_pass(deliverable, rights),
        tag=tag_of(deliverable, len(rights.answers)),
    )


def tag_of(deliverable: Deliverable, answers: int) -> str:
    """Changes whenever a remark, a reply, a decision, a version or another deadline arrives.

    Made of what a contact can see, so that nobody learns of the team's own changes (RELIABILITY B10).
    """
    due = int(deliverable.due_at.timestamp()) if deliverable.due_at else 0
    said = f"{deliverable.comment_count}-{deliverable.open_remark_count}-{answers}"
    return f"{deliverable.current_number}-{due}-{said}"


def _may_pass(deliverable: Deliverable, rights: DecisionRights) -> bool:
    """Whether "I have nothing to add" can be said: an opinion was asked and none was given."""
    asked = deliverable.purpose == Purpose.FEEDBACK and deliverable.is_awaiting
    return asked and not rights.refusals and rights.decided is None


def _menu_entry(
    deliverable: Deliverable, version: DeliverableVersion, shown: DeliverableVersion
) -> MenuVersion:
    return MenuVersion(
        label=_("Version %(number)s") % {"number": version.number},
        line=dates.when(version.submitted_at),
        url=version_url(
            deliverable.pk, version.number, is_current=version.pk == deliverable.shown_version_id
        ),
        current=version.pk == shown.pk,
    )


def version_url(pk: UUID, number: int, *, is_current: bool) -> str:
    """The page of a version; the current one has the short address."""
    url = reverse("portal:deliverable", args=[pk])
    return url if is_current else f"{url}?version={number}"


def _approvers(deliverable: Deliverable, rights: DecisionRights) -> list[OtherApprover]:
    """All designated approvers in their order, with what they answered to the current version."""
    slots, answers = list(deliverable.slots.all()), rights.answers
    listed = [
        _answered(answers[slot.contact_id]) if slot.contact_id in answers else _asked(slot) for slot in slots
    ]
    return listed + [_answered(each) for each in removed_since(deliverable, slots, answers.values())]


def _asked(slot: ApproverSlot) -> OtherApprover:
    return OtherApprover(
        contact_id=slot.contact_id,
        name=slot.contact.name,
        function=slot.function or slot.contact.function,
        verdict="",
        at=None,
    )


def _answered(decision: Decision) -> OtherApprover:
    """With the name and the function as they were recorded (G1-34e)."""
    return OtherApprover(
        contact_id=decision.contact_id,
        name=decision.contact_name,
        function=decision.function,
        verdict=decision.verdict,
        at=decision.at,
    )


def _answers(
    version: DeliverableVersion, rights: DecisionRights, actor: Actor, *, is_current: bool
) -> list[Answer]:
    """What was answered to this version: to an old one all of it, to the current one what others wrote.

    The bar tells their verdicts, and the reader's own answer stands on the receipt.
    """
    if not is_current:
        return answers_of(decided_on(version.pk).values())
    others = (each for each in rights.answers.values() if each.contact_id != actor.contact_id)
    return answers_of(each for each in others if each.note)
