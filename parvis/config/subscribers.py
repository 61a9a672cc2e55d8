"""Which event is heard by whom: event kind → dotted paths of `handler(event) -> None`.

Each handler gets each event exactly once, in a transaction of its own. Read through `settings.SUBSCRIBERS`;
imports nothing, because settings are read before models exist.
"""

CONTACTS = "parvis.notifications.contacts.subscribers"
STAFF = "parvis.notifications.staff.subscribers"
SETTLING = "parvis.notifications.staff.settling"

SUBSCRIBERS: dict[str, tuple[str, ...]] = {
    "contact.invited": (f"{CONTACTS}.contact_invited",),
    "link.opened": (f"{CONTACTS}.link_opened", f"{STAFF}.link_opened"),
    "mail.resent": ("parvis.notifications.staff.trouble.mail_resent",),
    "member.joined": (f"{STAFF}.member_joined",),
    "deliverable.submitted": (f"{CONTACTS}.deliverable_submitted",),
    "deliverable.edited": (f"{CONTACTS}.approvers_changed",),
    "deliverable.withdrawn": (f"{CONTACTS}.deliverable_withdrawn",),
    "deliverable.decided": (f"{CONTACTS}.deliverable_decided", f"{STAFF}.deliverable_decided"),
    "deliverable.escalated": (f"{CONTACTS}.deliverable_escalated", f"{STAFF}.deliverable_escalated"),
    "deliverable.commented": (f"{CONTACTS}.commented", f"{STAFF}.commented"),
    "task.commented": (f"{CONTACTS}.commented", f"{STAFF}.commented"),
    "discussion.opened": (f"{CONTACTS}.commented", f"{STAFF}.commented"),
    "discussion.commented": (f"{CONTACTS}.commented", f"{STAFF}.commented"),
    "staff.commented": ("parvis.notifications.staff.internal.staff_commented",),
    "document.added": (f"{CONTACTS}.document_added", f"{STAFF}.document_added"),
    "document.version_added": (f"{CONTACTS}.document_added", f"{STAFF}.document_added"),
    "document.shared": (f"{CONTACTS}.document_added",),
    "milestone.reached": (f"{CONTACTS}.milestone_reached",),
}

# What ends the things that lie in inboxes.
for _kinds, _handler in (
    (
        (
            "deliverable.submitted",
            "deliverable.withdrawn",
            "deliverable.approved",
            "deliverable.changes_requested",
            "deliverable.rejected",
            "deliverable.deleted",
        ),
        "approval_moved_on",
    ),
    (("contact.invited", "contact.deleted", "link.opened", "link.revoked"), "invitation_moved_on"),
):
    for _kind in _kinds:
        SUBSCRIBERS[_kind] = (*SUBSCRIBERS.get(_kind, ()), f"{SETTLING}.{_handler}")

# Both sides did something together; the list of clients says when that was last (G2-05f).
for _kind in (
    "link.opened",
    "deliverable.submitted",
    "deliverable.decided",
    "deliverable.commented",
    "task.commented",
    "discussion.opened",
    "discussion.commented",
    "document.added",
    "document.version_added",
    "document.shared",
    "milestone.reached",
):
    SUBSCRIBERS[_kind] = (*SUBSCRIBERS.get(_kind, ()), "parvis.clients.subscribers.note_activity")
