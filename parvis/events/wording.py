"""The sentences of every kind of event: about somebody else, and about the reader. See `sentences.py`."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from parvis.events.kinds import EventKind

Sentence = tuple[str | Promise, str | Promise]

WORDING: dict[EventKind, tuple[Sentence, ...]] = {
    EventKind.CLIENT_ADDED: ((_("{actor} added the client {subject}"), _("You added the client {subject}")),),
    EventKind.CLIENT_EDITED: (
        (_("{actor} changed the details of {subject}"), _("You changed the details of {subject}")),
    ),
    EventKind.CLIENT_STATE_CHANGED: (
        (
            _("{actor} changed the state of the client {subject}"),
            _("You changed the state of the client {subject}"),
        ),
    ),
    EventKind.CLIENT_DELETED: (
        (_("{actor} deleted the client {subject}"), _("You deleted the client {subject}")),
    ),
    EventKind.CLIENT_RESTORED: (
        (_("{actor} restored the client {subject}"), _("You restored the client {subject}")),
    ),
    EventKind.PORTAL_CONFIGURED: (
        (_("{actor} changed the portal of {subject}"), _("You changed the portal of {subject}")),
    ),
    EventKind.PORTAL_VIEWED_AS: (
        (_("{actor} looked at the portal as {contact}"), _("You looked at the portal as {contact}")),
        (_("{actor} looked at the portal of {subject}"), _("You looked at the portal of {subject}")),
    ),
    EventKind.CONTACT_ADDED: (
        (_("{actor} added the contact {subject}"), _("You added the contact {subject}")),
    ),
    EventKind.CONTACT_EDITED: (
        (
            _("{actor} changed the details of the contact {subject}"),
            _("You changed the details of the contact {subject}"),
        ),
    ),
    EventKind.CONTACT_INVITED: (
        (_("{actor} invited {subject} to the portal"), _("You invited {subject} to the portal")),
    ),
    EventKind.CONTACT_DELETED: (
        (_("{actor} deleted the contact {subject}"), _("You deleted the contact {subject}")),
    ),
    EventKind.CONTACT_RESTORED: (
        (_("{actor} restored the contact {subject}"), _("You restored the contact {subject}")),
    ),
    EventKind.LINK_REQUESTED: (
        (_("{actor} asked for a new access link"), _("You asked for a new access link")),
    ),
    EventKind.LINK_SENT: (
        (_("{actor} sent {contact} an access link"), _("You sent {contact} an access link")),
        (_("{actor} sent an access link"), _("You sent an access link")),
    ),
    EventKind.LINK_OPENED: (
        (_("{actor} opened the portal on a new device"), _("You opened the portal on a new device")),
    ),
    EventKind.LINK_REVOKED: (
        (_("{actor} withdrew the access of {contact}"), _("You withdrew the access of {contact}")),
        (_("{actor} withdrew an access link"), _("You withdrew an access link")),
    ),
    EventKind.PROJECT_CREATED: (
        (_("{actor} created the project {subject}"), _("You created the project {subject}")),
    ),
    EventKind.PROJECT_EDITED: (
        (_("{actor} changed the project {subject}"), _("You changed the project {subject}")),
    ),
    EventKind.PROJECT_STATE_CHANGED: (
        (
            _("{actor} changed the state of the project {subject}"),
            _("You changed the state of the project {subject}"),
        ),
    ),
    EventKind.PROJECT_MEMBER_ADDED: (
        (
            _("{actor} added {member} to the project {subject}"),
            _("You added {member} to the project {subject}"),
        ),
        (
            _("{actor} added a member to the project {subject}"),
            _("You added a member to the project {subject}"),
        ),
    ),
    EventKind.PROJECT_MEMBER_REMOVED: (
        (
            _("{actor} removed {member} from the project {subject}"),
            _("You removed {member} from the project {subject}"),
        ),
        (
            _("{actor} removed a member from the project {subject}"),
            _("You removed a member from the project {subject}"),
        ),
    ),
    EventKind.CLIENT_STATUS_CHANGED: (
        (
            _("{actor} changed the status of {subject} to “{name}”"),
            _("You changed the status of {subject} to “{name}”"),
        ),
        (_("{actor} changed the status of {subject}"), _("You changed the status of {subject}")),
    ),
    EventKind.MILESTONE_ADDED: (
        (_("{actor} added the milestone {subject}"), _("You added the milestone {subject}")),
    ),
    EventKind.MILESTONE_EDITED: (
        (_("{actor} changed the milestone {subject}"), _("You changed the milestone {subject}")),
    ),
    EventKind.MILESTONE_DELETED: (
        (_("{actor} deleted the milestone {subject}"), _("You deleted the milestone {subject}")),
    ),
    EventKind.MILESTONE_RESTORED: (
        (_("{actor} restored the milestone {subject}"), _("You restored the milestone {subject}")),
    ),
    EventKind.MILESTONE_REACHED: (
        (
            _("{actor} marked the milestone {subject} as reached"),
            _("You marked the milestone {subject} as reached"),
        ),
    ),
    EventKind.MILESTONE_REOPENED: (
        (_("{actor} reopened the milestone {subject}"), _("You reopened the milestone {subject}")),
    ),
    EventKind.TASK_ADDED: ((_("{actor} added the task {subject}"), _("You added the task {subject}")),),
    EventKind.TASK_EDITED: ((_("{actor} changed the task {subject}"), _("You changed the task {subject}")),),
    EventKind.TASK_DONE: ((_("{actor} finished the task {subject}"), _("You finished the task {subject}")),),
    EventKind.TASK_REOPENED: (
        (_("{actor} reopened the task {subject}"), _("You reopened the task {subject}")),
    ),
    EventKind.TASK_COMMENTED: (
        (_("{actor} commented on the task {subject}"), _("You commented on the task {subject}")),
    ),
    EventKind.DISCUSSION_OPENED: (
        (_("{actor} opened the discussion {subject}"), _("You opened the discussion {subject}")),
    ),
    EventKind.DISCUSSION_COMMENTED: (
        (_("{actor} wrote in the discussion {subject}"), _("You wrote in the discussion {subject}")),
    ),
    EventKind.ATTACHMENT_DOWNLOADED: ((_("{actor} downloaded {subject}"), _("You downloaded {subject}")),),
    EventKind.DOCUMENT_ADDED: (
        (_("{actor} added the document {subject}"), _("You added the document {subject}")),
    ),
    EventKind.DOCUMENT_VERSION_ADDED: (
        (
            _("{actor} added version {version} of the document {subject}"),
            _("You added version {version} of the document {subject}"),
        ),
        (
            _("{actor} added a version of the document {subject}"),
            _("You added a version of the document {subject}"),
        ),
    ),
    EventKind.DOCUMENT_EDITED: (
        (_("{actor} changed the document {subject}"), _("You changed the document {subject}")),
    ),
    EventKind.DOCUMENT_SHARED: (
        (_("{actor} shared the document {subject}"), _("You shared the document {subject}")),
    ),
    EventKind.DOCUMENT_DOWNLOADED: (
        (
            _("{actor} downloaded the document {subject}, version {version}"),
            _("You downloaded the document {subject}, version {version}"),
        ),
        (_("{actor} downloaded the document {subject}"), _("You downloaded the document {subject}")),
    ),
    EventKind.DOCUMENT_MOVED: (
        (_("{actor} moved the document {subject}"), _("You moved the document {subject}")),
    ),
    EventKind.DOCUMENT_DELETED: (
        (_("{actor} deleted the document {subject}"), _("You deleted the document {subject}")),
    ),
    EventKind.DOCUMENT_RESTORED: (
        (_("{actor} restored the document {subject}"), _("You restored the document {subject}")),
    ),
    EventKind.DELIVERABLE_CREATED: (
        (_("{actor} created the deliverable {subject}"), _("You created the deliverable {subject}")),
    ),
    EventKind.DELIVERABLE_EDITED: (
        (_("{actor} changed the deliverable {subject}"), _("You changed the deliverable {subject}")),
    ),
    EventKind.DELIVERABLE_SUBMITTED: (
        (
            _("{actor} published {subject}, version {version}"),
            _("You published {subject}, version {version}"),
        ),
        (_("{actor} published {subject}"), _("You submitted {subject} for approval")),
    ),
    EventKind.DELIVERABLE_WITHDRAWN: (
        (_("{actor} withdrew {subject}, version {version}"), _("You withdrew {subject}, version {version}")),
        (_("{actor} withdrew {subject}"), _("You withdrew {subject}")),
    ),
    EventKind.DELIVERABLE_REVIEWED: (
        (
            _("{actor} began to review {subject}, version {version}"),
            _("You began to review {subject}, version {version}"),
        ),
        (_("{actor} began to review {subject}"), _("You began to review {subject}")),
    ),
    EventKind.DELIVERABLE_COMMENTED: (
        (
            _("{actor} commented on {subject}, version {version}"),
            _("You commented on {subject}, version {version}"),
        ),
        (_("{actor} commented on {subject}"), _("You commented on {subject}")),
    ),
    EventKind.DELIVERABLE_DECIDED: (
        (
            _("{actor} answered on {subject}, version {version}"),
            _("You answered on {subject}, version {version}"),
        ),
        (_("{actor} answered on {subject}"), _("You answered on {subject}")),
    ),
    EventKind.DELIVERABLE_APPROVED: (
        (_("{actor} approved {subject}, version {version}"), _("You approved {subject}, version {version}")),
        (_("{actor} approved {subject}"), _("You approved {subject}")),
    ),
    EventKind.DELIVERABLE_CHANGES_REQUESTED: (
        (
            _("{actor} asked for changes to {subject}, version {version}"),
            _("You asked for changes to {subject}, version {version}"),
        ),
        (_("{actor} asked for changes to {subject}"), _("You asked for changes to {subject}")),
    ),
    EventKind.DELIVERABLE_REJECTED: (
        (_("{actor} rejected {subject}, version {version}"), _("You rejected {subject}, version {version}")),
        (_("{actor} rejected {subject}"), _("You rejected {subject}")),
    ),
    EventKind.DELIVERABLE_DOWNLOADED: (
        (
            _("{actor} downloaded {subject}, version {version}"),
            _("You downloaded {subject}, version {version}"),
        ),
        (_("{actor} downloaded {subject}"), _("You downloaded {subject}")),
    ),
    EventKind.DELIVERABLE_ESCALATED: (
        (
            _("{actor} told {member} that the approval of {subject} is overdue"),
            _("You told {member} that the approval of {subject} is overdue"),
        ),
        (
            _("{actor} told the team that the approval of {subject} is overdue"),
            _("You told the team that the approval of {subject} is overdue"),
        ),
    ),
    EventKind.DELIVERABLE_NUDGED: (
        (
            _("{actor} reminded {contact} of {subject} by hand"),
            _("You reminded {contact} of {subject} by hand"),
        ),
        (_("{actor} sent a reminder of {subject} by hand"), _("You sent a reminder of {subject} by hand")),
    ),
    EventKind.DELIVERABLE_REMINDED: (
        (_("{actor} reminded {contact} of {subject}"), _("You reminded {contact} of {subject}")),
        (_("{actor} sent a reminder of {subject}"), _("You sent a reminder of {subject}")),
    ),
    EventKind.DELIVERABLE_ROUNDS_EXCEEDED: (
        (
            _("{subject} has gone beyond the agreed number of rounds"),
            _("{subject} has gone beyond the agreed number of rounds"),
        ),
    ),
    EventKind.DELIVERABLE_DELETED: (
        (_("{actor} deleted the deliverable {subject}"), _("You deleted the deliverable {subject}")),
    ),
    EventKind.DELIVERABLE_RESTORED: (
        (_("{actor} restored the deliverable {subject}"), _("You restored the deliverable {subject}")),
    ),
    EventKind.THREAD_RESOLVED: (
        (_("{actor} resolved a thread of {subject}"), _("You resolved a thread of {subject}")),
    ),
    EventKind.THREAD_REOPENED: (
        (_("{actor} reopened a thread of {subject}"), _("You reopened a thread of {subject}")),
    ),
    EventKind.REMARK_HANDLED: (
        (
            _("{actor} handled remark {remark} on {subject} in version {version}"),
            _("You handled remark {remark} on {subject} in version {version}"),
        ),
        (_("{actor} handled a remark on {subject}"), _("You handled a remark on {subject}")),
    ),
    EventKind.STAFF_COMMENTED: (
        (_("{actor} wrote to the team about {subject}"), _("You wrote to the team about {subject}")),
    ),
    EventKind.MEMBER_INVITED: (
        (_("{actor} invited {subject} to the team"), _("You invited {subject} to the team")),
    ),
    EventKind.MEMBER_JOINED: ((_("{subject} joined the team"), _("You joined the team")),),
    EventKind.MEMBER_ROLE_CHANGED: (
        (_("{actor} changed the role of {subject}"), _("You changed the role of {subject}")),
    ),
    EventKind.MEMBER_DISABLED: (
        (_("{actor} closed the account of {subject}"), _("You closed the account of {subject}")),
    ),
    EventKind.MEMBER_ENABLED: (
        (_("{actor} reopened the account of {subject}"), _("You reopened the account of {subject}")),
    ),
    EventKind.WORKSPACE_CONFIGURED: (
        (_("{actor} changed the settings of {subject}"), _("You changed the settings of {subject}")),
    ),
    EventKind.MAIL_RESENT: (
        (
            _("{actor} sent a mail again that may not have arrived"),
            _("You sent a mail again that may not have arrived"),
        ),
    ),
    EventKind.NAMES_ERASED: (
        (_("{actor} erased the names in {count} events"), _("You erased the names in {count} events")),
        (_("{actor} erased names from the activity"), _("You erased names from the activity")),
    ),
}
