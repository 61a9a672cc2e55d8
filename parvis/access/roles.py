"""The vocabulary of rights: roles of staff and contacts, a portal's switches, a subject's guard."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a member may do; each contains the next (A-05)."""

    OWNER = "owner", _("Owner")
    ADMIN = "admin", _("Administrator")
    MANAGER = "manager", _("Manager")
    MEMBER = "member", _("Member")


class ContactRole(models.TextChoices):
    """What a contact may do at a client (G2-15)."""

    DECISION_MAKER = "decision_maker", _("Decision maker")
    TECHNICAL = "technical", _("Technical")
    BILLING = "billing", _("Billing")
    OBSERVER = "observer", _("Observer")


class Switch(models.TextChoices):
    """The ten switches of a client's portal (A-02)."""

    PROGRESS = "progress", _("Progress")
    TASKS = "tasks", _("Tasks")
    MILESTONES = "milestones", _("Milestones")
    DOCUMENTS = "documents", _("Documents")
    UPLOAD = "upload", _("Uploading files")
    COMMENTS = "comments", _("Comments")
    MESSAGES = "messages", _("Messages")
    APPROVALS = "approvals", _("Approvals")
    TIMELINE = "timeline", _("Timeline")
    INVOICES = "invoices", _("Invoices")


class Audience(StrEnum):
    """Who may read a thing: the team alone, or the client too."""

    STAFF = "staff"
    CLIENT = "client"


@dataclass(frozen=True, slots=True)
class Guard:
    """What `require` needs to know of a subject.

    `writable` is false where the project's state forbids a contact's changes (K-59, A-13);
    `closed_because` then names the state for `explain`. Staff may still reopen and repair.
    """

    workspace_id: UUID
    client_id: UUID | None = None
    project_id: UUID | None = None
    audience: Audience = Audience.STAFF
    writable: bool = True
    closed_because: str = ""
