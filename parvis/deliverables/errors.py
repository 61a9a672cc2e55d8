"""Refusals a person can understand, each named for its reason."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from parvis.core.errors import DomainError


class VersionReplaced(DomainError):
    """A newer version came while somebody was reading (A-15, G2 of RELIABILITY)."""

    code: ClassVar[str] = "version_replaced"
    message = _("A newer version is there, so this answer could not be recorded.")
    message_when_kept = _(
        "A newer version is there, so this answer could not be recorded. Your words were kept as a comment."
    )


class AlreadySettled(DomainError):
    """Somebody else's answer settled the version first (A-15)."""

    code: ClassVar[str] = "already_settled"
    message = _("This version was settled by somebody else's answer.")
    message_when_kept = _(
        "This version was settled by somebody else's answer. Your words were kept as a comment."
    )


class AlreadyDecided(DomainError):
    """One answer per version."""

    code: ClassVar[str] = "already_decided"
    message = _("You have already answered to this version.")
    message_when_kept = _(
        "You have already answered to this version. What you wrote now was kept as a comment."
    )


class NotInReview(DomainError):
    """The version does not wait for anybody."""

    code: ClassVar[str] = "not_in_review"
    message = _("This deliverable is not waiting for an answer.")
    message_when_kept = _(
        "This version was taken back, so this answer could not be recorded."
        " Your words were kept as a comment."
    )


class VersionTakenBack(DomainError):
    """The client sees nothing of a withdrawn version, so nothing about it is written to them (A-44)."""

    code: ClassVar[str] = "version_taken_back"
    message = _(
        "This version was taken back, so the client no longer sees it. Write about the version they see,"
        " or in the internal discussion."
    )


class NotYourTurn(DomainError):
    """Approvers are asked one after the other (A-14)."""

    code: ClassVar[str] = "not_your_turn"
    message = _("Somebody else has to answer first. We write to you when it is your turn.")


class NotAnApprover(DomainError):
    """May approve in general, but was not asked for this deliverable (G1-20)."""

    code: ClassVar[str] = "not_an_approver"
    message = _("You are not among the people asked to approve this deliverable. You can leave a comment.")


class NotForApproval(DomainError):
    """Shown for an opinion or for information (G1-37b)."""

    code: ClassVar[str] = "not_for_approval"
    message = _("This deliverable does not ask for an approval.")


class ReasonRequired(DomainError):
    """A rejection without a reason helps nobody."""

    code: ClassVar[str] = "reason_required"
    status: ClassVar[int] = 422
    message = _("Say in a few words why, so that we can do better.")


class ApproverMayNotDecide(DomainError):
    """A slot may only hold a decision maker (A-31); `contact_ids` are those whose role has to change."""

    code: ClassVar[str] = "approver_may_not_decide"
    message = _("Only decision makers can approve. Change the role first, or choose somebody else.")

    def __init__(self, contact_ids: list[object]) -> None:
        super().__init__()
        self.contact_ids = contact_ids


class ApproverHasNoAccess(DomainError):
    """A slot holds nobody whose access was closed: no mail would reach them (A-31, A-03)."""

    code: ClassVar[str] = "approver_has_no_access"

    def __init__(self, contact_ids: list[object], names: str) -> None:
        super().__init__(
            _("Access is closed for %(names)s. Reopen it first, or choose somebody else.") % {"names": names}
        )
        self.contact_ids = contact_ids


class NobodyCouldApprove(DomainError):
    """Something about the portal keeps everybody from approving (A-03)."""


class PortalIsOff(NobodyCouldApprove):
    """There is no way in for anybody."""

    code: ClassVar[str] = "portal_off"
    message = _("The portal of this client is switched off, so nobody could approve. Switch it on first.")


class ApprovalsAreOff(NobodyCouldApprove):
    """The switch of the portal is off (G1-08c)."""

    code: ClassVar[str] = "approvals_off"
    message = _("Approvals are switched off in the portal of this client. Switch them on first.")


class NoApprover(DomainError):
    """Nobody could approve what asks for an approval."""

    code: ClassVar[str] = "no_approver"
    message = _("Choose who approves before you publish.")


class TooFewApprovers(DomainError):
    """More approvals are required than people were asked (G1-20)."""

    code: ClassVar[str] = "too_few_approvers"
    message = _("More approvals are required than there are approvers.")


class TermsWouldDecide(DomainError):
    """The answers given already would settle the version under the new terms; only an answer may (A-16)."""

    code: ClassVar[str] = "terms_would_decide"
    message = _(
        "With these terms the answers given so far would already decide. Keep somebody who still has to"
        " answer, or publish a new version."
    )


class NothingToPublish(DomainError):
    """A version needs a file."""

    code: ClassVar[str] = "nothing_to_publish"
    status: ClassVar[int] = 422
    message = _("Add at least one file.")


class CannotWithdraw(DomainError):
    """Only what still waits can be withdrawn (DOMAIN 3.3)."""

    code: ClassVar[str] = "cannot_withdraw"
    message = _("This version is already settled and cannot be withdrawn.")


class NobodyToRemind(DomainError):
    """The approver has answered, or five reminders were sent (A-22)."""

    code: ClassVar[str] = "nobody_to_remind"
    message = _("There is nobody left to remind, or the limit of five reminders is reached.")


class ApproverCannotAnswer(DomainError):
    """A reminder would ask for what the approver cannot give (A-31)."""

    code: ClassVar[str] = "approver_cannot_answer"
    message = _("This person cannot answer at the moment. Open the access again, or choose somebody else.")


class WantsNoReminders(DomainError):
    """The approver switched reminders off (A-10)."""

    code: ClassVar[str] = "wants_no_reminders"
    message = _("This person asked for no reminders. A call may help.")


class AlreadyChanged(DomainError):
    """Deleted or restored by somebody else meanwhile."""

    code: ClassVar[str] = "already_changed"
    message = _("Somebody changed this in the meantime. Reload the page.")
