"""Which deliverables an actor may see, and which of them wait."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, ExpressionWrapper, OuterRef, Q

from parvis.access import Actor, Permission
from parvis.access.permissions import CONTACT_ROLES
from parvis.clients.models import Membership, MembershipProject, MembershipState
from parvis.deliverables.rules import DeliverableState
from parvis.projects.querysets import reach
from parvis.projects.rules import CLOSED

if TYPE_CHECKING:
    from parvis.deliverables.models import Deliverable, Remark


class DeliverableQuerySet(models.QuerySet["Deliverable"]):
    """Work shown for approval."""

    def existing(self) -> Self:
        """Not deleted ones."""
        return self.filter(deleted_at=None)

    def visible_to(self, actor: Actor) -> Self:
        """Never beyond the workspace or a client out of reach; what was not shown stays in the agency."""
        rows = self._within_reach_of(actor)
        return rows if actor.is_staff else rows.exclude(shown_version=None)

    def taken_back_from(self, actor: Actor, version_id: object) -> Self:
        """Drafts whose version with this id a contact may have been reading when it was withdrawn (A-15)."""
        withdrawn = Q(current_version=version_id, current_version__outcome="withdrawn", state="draft")
        return self._within_reach_of(actor).filter(withdrawn)

    def _within_reach_of(self, actor: Actor) -> Self:
        rows = self.filter(workspace=actor.workspace_id, client__deleted_at=None)
        rows = rows.filter(reach(actor, Permission.DELIVERABLE_SEE, project="project"))
        return rows if actor.is_staff else rows.filter(deleted_at=None, project__archived_at=None)

    def not_approved(self) -> Self:
        """Those with something still to come, named one by one: an index knows states, not their absence."""
        return self.filter(
            state__in=[state for state in DeliverableState if state != DeliverableState.APPROVED]
        )

    def at_client(self) -> Self:
        """Those a client has to look at."""
        return self.filter(state__in=("pending", "in_review"), deleted_at=None)

    def lacking_an_answer(self) -> Self:
        """Those a client still has to answer to (A-46)."""
        return self.at_client().filter(lacks_an_answer())

    def overdue(self, at: datetime) -> Self:
        """Those whose deadline has passed without the answer they ask for."""
        return self.lacking_an_answer().filter(due_at__lt=at)

    def telling_who_waits(self) -> Self:
        """Each with `lacks_an_answer`: what lies before a client does not always wait there."""
        lacks = ExpressionWrapper(lacks_an_answer(), output_field=models.BooleanField())
        return self.annotate(lacks_an_answer=lacks)

    def awaiting(self, contact_id: object) -> Self:
        """Those waiting for this contact: their decision, their opinion, or a first look (G1-36c, G1-37)."""
        from parvis.deliverables.models import ApprovalOrder, ApproverSlot, Decision, Purpose, VersionVisit

        mine = Q(contact_id=contact_id)
        answers = Decision.objects.filter(
            version=OuterRef("deliverable__current_version"), contact=OuterRef("contact")
        )
        before_me = ApproverSlot.objects.filter(
            deliverable=OuterRef("deliverable"), position__lt=OuterRef("position")
        ).exclude(Exists(answers))
        slots = ApproverSlot.objects.filter(mine, deliverable=OuterRef("pk")).exclude(
            Exists(before_me), deliverable__policy__order=ApprovalOrder.SEQUENTIAL
        )  # in a row, only whose turn it is
        decided = Decision.objects.filter(mine, version=OuterRef("current_version"))
        visited = VersionVisit.objects.filter(mine, version=OuterRef("current_version"))
        waiting = self.at_client().exclude(Exists(decided))
        return waiting.filter(
            (Q(purpose=Purpose.APPROVAL) & Exists(slots))
            | (Q(purpose=Purpose.FEEDBACK) & ~Exists(visited.exclude(commented_at=None)))
            | (Q(purpose=Purpose.INFORMATION) & ~Exists(visited))
        )


def lacks_an_answer() -> Q:
    """What of all that lies before a client still waits for an answer, as one condition.

    An approval does, and an opinion until everybody asked for it has given it or has none (A-46, G1-37b).
    What is shown for information asks for none (G1-37c), and nobody can give one in a completed project
    (A-13).
    """
    from parvis.deliverables.models import Decision, Purpose, VersionVisit

    theirs = {"version": OuterRef(OuterRef("current_version")), "contact": OuterRef("contact")}
    written = VersionVisit.objects.filter(**theirs).exclude(commented_at=None)
    has_none = Decision.objects.filter(**theirs)
    listed = MembershipProject.objects.filter(
        membership=OuterRef("pk"), project_id=OuterRef(OuterRef("project"))
    )
    asked = Membership.objects.usable().filter(
        Q(reaches_all_projects=True) | Exists(listed),
        client=OuterRef("client"),
        client__portal__comments=True,
        role__in=sorted(CONTACT_ROLES[Permission.COMMENT_ADD]),
    )
    silent = asked.exclude(state=MembershipState.NONE).filter(~Exists(written), ~Exists(has_none))
    to_come = Q(purpose=Purpose.APPROVAL) | (Q(purpose=Purpose.FEEDBACK) & Exists(silent))
    return to_come & ~Q(project__status__in=CLOSED)


class RemarkQuerySet(models.QuerySet["Remark"]):
    """Remarks on deliverables."""

    def open(self) -> Self:
        """Not yet settled."""
        return self.filter(thread__resolved_at=None)

    def settled(self) -> Self:
        """Closed as satisfied (G1-18)."""
        return self.exclude(thread__resolved_at=None)
