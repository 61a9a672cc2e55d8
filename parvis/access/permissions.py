"""Every permission, who holds it, and which portal switch it needs.

Sources: staff G2-24, contacts G2-25, switches A-02 and G1-08.
"""

from enum import StrEnum

from parvis.access.roles import ContactRole, Role, Switch


class Permission(StrEnum):
    """A kind of thing somebody may do; `require` is asked for it, never a role."""

    CLIENT_SEE = "client.see"
    CLIENT_ADD = "client.add"
    CLIENT_EDIT = "client.edit"
    CLIENT_DELETE = "client.delete"
    CLIENT_AMOUNTS = "client.amounts"
    PORTAL_CONFIGURE = "portal.configure"
    PORTAL_PREVIEW = "portal.preview"
    CONTACT_INVITE = "contact.invite"
    PROJECT_SEE = "project.see"
    PROJECT_EDIT = "project.edit"
    PROJECT_WORK = "project.work"
    PROGRESS_SEE = "progress.see"
    TASKS_SEE = "tasks.see"
    MILESTONES_SEE = "milestones.see"
    TIMELINE_SEE = "timeline.see"
    DELIVERABLE_SEE = "deliverable.see"
    DELIVERABLE_EDIT = "deliverable.edit"
    DELIVERABLE_PUBLISH = "deliverable.publish"
    DELIVERABLE_DECIDE = "deliverable.decide"
    COMMENT_ADD = "comment.add"
    THREAD_RESOLVE = "thread.resolve"
    MESSAGE_SEND = "message.send"
    DOCUMENT_SEE = "document.see"
    DOCUMENT_DOWNLOAD = "document.download"
    DOCUMENT_UPLOAD = "document.upload"
    DOCUMENT_EDIT = "document.edit"
    INVOICE_SEE = "invoice.see"
    STAFF_DISCUSS = "staff.discuss"
    MEMBER_MANAGE = "member.manage"
    WORKSPACE_CONFIGURE = "workspace.configure"
    EVENT_ERASE = "event.erase"
    MAIL_RESEND = "mail.resend"


_OWNER = frozenset({Role.OWNER})
_ADMINS = _OWNER | {Role.ADMIN}
_MANAGERS = _ADMINS | {Role.MANAGER}
_EVERY_ROLE = frozenset(Role)

STAFF_ROLES: dict[Permission, frozenset[Role]] = {
    Permission.CLIENT_SEE: _EVERY_ROLE,  # members: their own projects' clients only (G2-24a)
    Permission.CLIENT_ADD: _MANAGERS,  # G2-24b
    Permission.CLIENT_EDIT: _MANAGERS,  # G2-24c
    Permission.CLIENT_DELETE: _ADMINS,  # G2-24d
    Permission.CLIENT_AMOUNTS: _MANAGERS,  # G2-24a, G2-24f
    Permission.PORTAL_CONFIGURE: _ADMINS,  # G2-24e
    Permission.PORTAL_PREVIEW: _MANAGERS,
    Permission.CONTACT_INVITE: _MANAGERS,
    Permission.PROJECT_SEE: _EVERY_ROLE,
    Permission.PROJECT_EDIT: _MANAGERS,
    Permission.PROJECT_WORK: _EVERY_ROLE,
    Permission.PROGRESS_SEE: _EVERY_ROLE,
    Permission.TASKS_SEE: _EVERY_ROLE,
    Permission.MILESTONES_SEE: _EVERY_ROLE,
    Permission.TIMELINE_SEE: _EVERY_ROLE,
    Permission.DELIVERABLE_SEE: _EVERY_ROLE,
    Permission.DELIVERABLE_EDIT: _EVERY_ROLE,
    Permission.DELIVERABLE_PUBLISH: _EVERY_ROLE,
    Permission.COMMENT_ADD: _EVERY_ROLE,
    Permission.THREAD_RESOLVE: _EVERY_ROLE,
    Permission.MESSAGE_SEND: _EVERY_ROLE,
    Permission.DOCUMENT_SEE: _EVERY_ROLE,
    Permission.DOCUMENT_DOWNLOAD: _EVERY_ROLE,
    Permission.DOCUMENT_UPLOAD: _EVERY_ROLE,
    Permission.DOCUMENT_EDIT: _EVERY_ROLE,
    Permission.INVOICE_SEE: _MANAGERS,
    Permission.STAFF_DISCUSS: _EVERY_ROLE,
    Permission.MEMBER_MANAGE: _ADMINS,
    Permission.WORKSPACE_CONFIGURE: _ADMINS,
    Permission.EVENT_ERASE: _OWNER,
    Permission.MAIL_RESEND: _EVERY_ROLE,
}

_VIEWERS = frozenset({ContactRole.DECISION_MAKER, ContactRole.TECHNICAL, ContactRole.OBSERVER})
_COMMENTERS = frozenset({ContactRole.DECISION_MAKER, ContactRole.TECHNICAL})
_DECIDERS = frozenset({ContactRole.DECISION_MAKER})
_PAYERS = frozenset({ContactRole.DECISION_MAKER, ContactRole.BILLING})
_EVERYBODY = frozenset(ContactRole)

CONTACT_ROLES: dict[Permission, frozenset[ContactRole]] = {
    Permission.PROJECT_SEE: _VIEWERS,  # G2-25a
    Permission.PROGRESS_SEE: _VIEWERS,
    Permission.TASKS_SEE: _VIEWERS,
    Permission.MILESTONES_SEE: _VIEWERS,
    Permission.TIMELINE_SEE: _VIEWERS,  # G2-25b
    Permission.DELIVERABLE_SEE: _VIEWERS,
    Permission.DELIVERABLE_DECIDE: _DECIDERS,  # G2-25d
    Permission.COMMENT_ADD: _COMMENTERS,  # G2-25c
    Permission.THREAD_RESOLVE: _COMMENTERS,
    Permission.MESSAGE_SEND: _COMMENTERS,
    Permission.DOCUMENT_SEE: _VIEWERS,  # G2-25b
    Permission.DOCUMENT_DOWNLOAD: _VIEWERS,
    Permission.DOCUMENT_UPLOAD: _EVERYBODY,  # G2-25e
    Permission.INVOICE_SEE: _PAYERS,  # G2-25f
}

SWITCHES: dict[Permission, Switch] = {
    Permission.PROGRESS_SEE: Switch.PROGRESS,
    Permission.TASKS_SEE: Switch.TASKS,
    Permission.MILESTONES_SEE: Switch.MILESTONES,
    Permission.TIMELINE_SEE: Switch.TIMELINE,
    Permission.DELIVERABLE_DECIDE: Switch.APPROVALS,
    Permission.COMMENT_ADD: Switch.COMMENTS,
    Permission.THREAD_RESOLVE: Switch.COMMENTS,
    Permission.MESSAGE_SEND: Switch.MESSAGES,
    Permission.DOCUMENT_SEE: Switch.DOCUMENTS,
    Permission.DOCUMENT_DOWNLOAD: Switch.DOCUMENTS,
    Permission.DOCUMENT_UPLOAD: Switch.UPLOAD,
    Permission.INVOICE_SEE: Switch.INVOICES,
}

READS = frozenset(
    {
        Permission.CLIENT_SEE,
        Permission.CLIENT_AMOUNTS,
        Permission.PROJECT_SEE,
        Permission.PROGRESS_SEE,
        Permission.TASKS_SEE,
        Permission.MILESTONES_SEE,
        Permission.TIMELINE_SEE,
        Permission.DELIVERABLE_SEE,
        Permission.DOCUMENT_SEE,
        Permission.DOCUMENT_DOWNLOAD,
        Permission.INVOICE_SEE,
    }
)
"""Permissions that change nothing: allowed in a preview and on a closed project."""
