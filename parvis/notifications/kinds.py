"""What people can be told about: the kinds a contact or a member switches on and off."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ContactNotice(models.TextChoices):
    """What a contact hears of (G1-33 a to e); links, receipts and invitations are never switched off."""

    DELIVERABLE_READY = "deliverable_ready", _("A deliverable is ready for me")
    REPLIES = "replies", _("Somebody answers or mentions me")
    REMINDERS = "reminders", _("Reminders of approvals I am asked for")
    MILESTONES = "milestones", _("A milestone is reached")
    DOCUMENTS = "documents", _("A document is added")


class MemberNotice(models.TextChoices):
    """What a member gets by mail; the inbox shows all of it in any case."""

    DECISIONS = "decisions", _("A client decides on a deliverable")
    COMMENTS = "comments", _("A client writes a comment")
    MENTIONS = "mentions", _("Somebody mentions me")
    DOCUMENTS = "documents", _("A client uploads a file")
    ESCALATIONS = "escalations", _("An approval is overdue")
    INVITATIONS = "invitations", _("Somebody accepts my invitation")
    MAIL_TROUBLE = "mail_trouble", _("A message could not be delivered")


class InboxKind(models.TextChoices):
    """What a member has to look at (DESIGN 4, screen 13)."""

    DECISION = "decision", _("Decision")
    COMMENT = "comment", _("Comment")
    MENTION = "mention", _("Mention")
    UPLOAD = "upload", _("Uploaded file")
    ESCALATION = "escalation", _("Overdue approval")
    MAIL_TROUBLE = "mail_trouble", _("Undelivered message")
    INVITATION_EXPIRED = "invitation_expired", _("Expired invitation")


class InboxState(models.TextChoices):
    """Where an item of the inbox stands."""

    OPEN = "open", _("Open")
    SNOOZED = "snoozed", _("Later")
    DONE = "done", _("Done")
