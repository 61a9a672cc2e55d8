"""Every kind of message the outbox can carry: still due? · render · result, by dotted path.

Read through `settings.MESSAGES`, so that the outbox imports nothing of those who own the messages.
"""

from dataclasses import replace

from parvis.outbox.kinds import MessageKind

CONTACTS = "parvis.notifications.contacts"
STAFF = "parvis.notifications.staff"
TROUBLE = f"{STAFF}.trouble.report"


def to_contact(module: str, due: str, render: str, result: str = TROUBLE, load: str = "") -> MessageKind:
    """A mail to a contact; one in trouble is shown to whoever is responsible (F7)."""
    return MessageKind(f"{CONTACTS}.{module}.{due}", f"{CONTACTS}.{module}.{render}", result, load)


def about_version(module: str, due: str, render: str, result: str = TROUBLE) -> MessageKind:
    """A mail to a contact about a version of a deliverable."""
    return to_contact(module, due, render, result, load=f"{CONTACTS}.deliverables.Case")


def to_member(name: str, module: str = "mails") -> MessageKind:
    """A mail to a member of the team; one in trouble is shown to the administrators (F7)."""
    return MessageKind(f"{STAFF}.{module}.{name}_due", f"{STAFF}.{module}.render_{name}", TROUBLE)


MESSAGES: dict[str, MessageKind] = {
    "contacts.invitation": to_contact("entrance", "invitation_due", "render_invitation"),
    "contacts.access_link": to_contact("entrance", "access_due", "render_access_link"),
    "contacts.device_notice": to_contact("entrance", "access_due", "render_device_notice"),
    "contacts.deliverable_ready": about_version("deliverables", "ready_due", "render_ready"),
    "contacts.deliverable_withdrawn": about_version("deliverables", "withdrawn_due", "render_withdrawn"),
    "contacts.escalation": about_version("deliverables", "escalation_due", "render_escalation"),
    "contacts.approval_reminder": replace(
        about_version("reminders", "reminder_due", "render_reminder", f"{STAFF}.trouble.report_reminder"),
        is_patient=True,
    ),
    "contacts.receipt": to_contact("decisions", "receipt_due", "render_receipt"),
    "contacts.decision": to_contact("decisions", "copy_due", "render_copy"),
    "contacts.replies": to_contact("comments", "replies_due", "render_replies"),
    "contacts.activity": replace(to_contact("activity", "activity_due", "render_activity"), is_patient=True),
    "staff.decision": to_member("decision"),
    "staff.comments": to_member("comments"),
    "staff.mention": to_member("mention", module="internal"),
    "staff.document": to_member("document"),
    "staff.escalation": to_member("escalation"),
    "staff.invitation_accepted": to_member("accepted"),
    "staff.member_joined": to_member("joined"),
    "staff.mail_trouble": to_member("trouble", module="trouble"),
    "signin.password_reset": MessageKind(
        "parvis.signin.emails.password_reset_due", "parvis.signin.emails.render_password_reset", TROUBLE
    ),
    "team.invitation": MessageKind(
        "parvis.signin.emails.team_invitation_due", "parvis.signin.emails.render_team_invitation", TROUBLE
    ),
}
