"""The table: every operation with a request that succeeds. A new operation without a row fails the tests."""

from dataclasses import dataclass, field
from typing import Any

from parvis.api.tests.callers import picture

DAY = "2027-03-08"
GONE = 204


@dataclass(frozen=True)
class Row:
    """One operation and a request in Olga's name that succeeds; `{names}` are ids of the world."""

    operation: str
    method: str
    path: str
    status: int = 200
    json: Any = None
    form: dict[str, Any] | None = None
    files: tuple[str, ...] = field(default=())
    anybody: bool = False
    """Whether the operation is about nothing of the workspace's clients: members and strangers get theirs."""

    def filled(self, ids):
        """Address and body with ids in place of names."""
        form = None if self.form is None else {**_filled(self.form, ids)}
        if form is not None:
            form |= {name: picture() for name in self.files}
        return {
            "method": self.method,
            "path": self.path.format(**ids),
            "json": _filled(self.json, ids),
            "form": form,
        }


def _filled(value, ids):
    if isinstance(value, dict):
        return {name: _filled(inner, ids) for name, inner in value.items()}
    if isinstance(value, list):
        return [_filled(inner, ids) for inner in value]
    return value.format(**ids) if isinstance(value, str) else value


ACME = "/clients/{acme}"
SARAH = ACME + "/contacts/{sarah}"
WEBSITE = "/projects/{website}"
TASK = WEBSITE + "/tasks/{task}"
MILESTONE = WEBSITE + "/milestones/{milestone}"
TALK = WEBSITE + "/discussions/{discussion}"
DOCUMENT = "/documents/{document}"
HOMEPAGE = "/deliverables/{homepage}"

PEOPLE = [
    Row("me", "GET", "/me", anybody=True),
    Row("update_me", "PATCH", "/me", json={"reply_time": "a day", "language": "fr"}, anybody=True),
    Row("get_workspace", "GET", "/workspace", anybody=True),
    Row("update_workspace", "PATCH", "/workspace", json={"name": "Studio Sol"}),
    Row("set_workspace_look", "POST", "/workspace/look", form={"colour": "#225588"}, files=("logo",)),
    Row("get_calendar", "GET", "/workspace/calendar", anybody=True),
    Row(
        "update_calendar", "PATCH", "/workspace/calendar", json={"closing_days": [DAY], "send_time": "10:30"}
    ),
    Row("list_messages", "GET", "/messages", anybody=True),
    Row("resend_one_message", "POST", "/messages/{message}/resending", 201),
    Row("list_my_notifications", "GET", "/me/notifications", anybody=True),
    Row(
        "update_my_notifications",
        "PATCH",
        "/me/notifications",
        json={"choices": {"comments": False}},
        anybody=True,
    ),
    Row("list_members", "GET", "/members", anybody=True),
    Row("get_member", "GET", "/members/{alex}", anybody=True),
    Row("set_member_role", "PUT", "/members/{alex}/role", json={"role": "manager"}),
    Row("close_member_access", "DELETE", "/members/{alex}/access"),
    Row("open_member_access", "PUT", "/members/{away}/access"),
    Row("list_invitations", "GET", "/invitations"),
    Row("create_invitation", "POST", "/invitations", 201, json={"email": "x@example.org", "name": "X"}),
    Row("send_invitation_again", "POST", "/invitations/{invitation}/sendings", 201),
    Row("delete_invitation", "DELETE", "/invitations/{invitation}", GONE),
]

CLIENTS = [
    Row("list_clients", "GET", "/clients", anybody=True),
    Row(
        "create_client",
        "POST",
        "/clients",
        201,
        json={"name": "Nova", "main_contact": {"first_name": "N", "email": "n@nova.test"}},
    ),
    Row("get_client", "GET", ACME),
    Row("update_client", "PATCH", ACME, json={"sector": "Retail", "owner_id": "{alex}"}),
    Row("set_client_state", "PUT", ACME + "/state", json={"state": "suspended"}),
    Row("delete_one_client", "DELETE", ACME, GONE),
    Row("restore_one_client", "POST", "/clients/{gone}/restoration", 201),
    Row("get_portal", "GET", ACME + "/portal"),
    Row(
        "update_portal",
        "PATCH",
        ACME + "/portal",
        json={"switches": ["comments"], "welcome_messages": {"fr": "Bonjour"}},
    ),
    Row("set_portal_look", "POST", ACME + "/portal/look", form={"colour": "#225588"}, files=("logo",)),
    Row("set_portal_notices", "PATCH", ACME + "/portal/notices", json={"notices": {"reminders": False}}),
    Row("list_notes", "GET", ACME + "/notes"),
    Row("create_note", "POST", ACME + "/notes", 201, json={"body": "Call them in May"}),
    Row("list_contacts", "GET", ACME + "/contacts"),
    Row(
        "create_contact",
        "POST",
        ACME + "/contacts",
        201,
        json={"first_name": "Zoe", "email": "zoe@acme.test"},
    ),
    Row("get_contact", "GET", SARAH),
    Row("update_contact", "PATCH", SARAH, json={"function": "Director"}),
    Row("set_contact_role", "PUT", SARAH + "/role", json={"role": "observer"}),
    Row("set_main_contact", "PUT", ACME + "/main-contact", json={"contact_id": "{mark}"}),
    Row("delete_one_contact", "DELETE", SARAH, GONE),
    Row("restore_one_contact", "POST", ACME + "/contacts/{left}/restoration", 201),
    Row("close_access", "DELETE", SARAH + "/access"),
    Row("open_access", "PUT", ACME + "/contacts/{closed}/access"),
    Row("create_access_link", "POST", SARAH + "/access/links", 201),
    Row("list_devices", "GET", SARAH + "/devices"),
    Row("delete_device", "DELETE", SARAH + "/devices/{device}", GONE),
    Row("create_preview", "POST", SARAH + "/preview", 201),
    Row(
        "create_contact_invitation",
        "POST",
        ACME + "/contacts/{fresh}/invitation",
        201,
        json={"project_ids": ["{website}"]},
    ),
    Row("set_contact_projects", "PUT", SARAH + "/projects", json={"project_ids": ["{website}"]}),
]

PROJECTS = [
    Row("list_projects", "GET", "/projects", anybody=True),
    Row(
        "create_one_project",
        "POST",
        "/projects",
        201,
        json={"client_id": "{acme}", "title": "App", "member_ids": ["{alex}"]},
    ),
    Row("get_project", "GET", WEBSITE),
    Row("update_project", "PATCH", WEBSITE, json={"title": "Web", "assignee_id": "{alex}", "progress": 40}),
    Row("set_project_status", "PUT", WEBSITE + "/status", json={"status": "waiting"}),
    Row("get_client_status", "GET", WEBSITE + "/client-status"),
    Row(
        "set_one_client_status",
        "PUT",
        WEBSITE + "/client-status",
        json={"is_visible": True, "label": "Drafting", "step": 2},
    ),
    Row("list_project_members", "GET", WEBSITE + "/members"),
    Row("add_project_member", "PUT", WEBSITE + "/members/{olga}", GONE),
    Row("remove_project_member", "DELETE", WEBSITE + "/members/{alex}", GONE),
    Row("list_milestones", "GET", WEBSITE + "/milestones"),
    Row("create_milestone", "POST", WEBSITE + "/milestones", 201, json={"title": "Beta", "due_on": DAY}),
    Row("get_milestone", "GET", MILESTONE),
    Row("update_milestone", "PATCH", MILESTONE, json={"due_on": DAY, "client_visible": False}),
    Row("delete_one_milestone", "DELETE", MILESTONE, GONE),
    Row("restore_one_milestone", "POST", WEBSITE + "/milestones/{dropped}/restoration", 201),
    Row("mark_milestone_reached", "PUT", MILESTONE + "/reached"),
    Row("take_milestone_back", "DELETE", WEBSITE + "/milestones/{reached}/reached"),
    Row("list_tasks", "GET", WEBSITE + "/tasks"),
    Row("create_task", "POST", WEBSITE + "/tasks", 201, json={"title": "Write", "assignee_id": "{alex}"}),
    Row("get_task", "GET", TASK),
    Row("update_task", "PATCH", TASK, json={"title": "Draw well", "assignee_id": "{alex}"}),
    Row("set_one_task_state", "PUT", TASK + "/state", json={"state": "done"}),
    Row("list_task_comments", "GET", TASK + "/comments"),
    Row(
        "create_task_comment",
        "POST",
        TASK + "/comments",
        201,
        form={"body": "Look", "parent_id": "{task_comment}"},
        files=("files",),
    ),
    Row("download_comment_file", "GET", "/comments/{task_comment}/files/{task_file}"),
    Row("list_discussions", "GET", WEBSITE + "/discussions"),
    Row("create_discussion", "POST", WEBSITE + "/discussions", 201, form={"title": "Type", "body": "Serif?"}),
    Row("list_discussion_comments", "GET", TALK + "/comments"),
    Row("create_discussion_comment", "POST", TALK + "/comments", 201, form={"body": "Or green"}),
    Row("list_project_staff_comments", "GET", WEBSITE + "/staff-comments"),
    Row(
        "create_project_staff_comment",
        "POST",
        WEBSITE + "/staff-comments",
        201,
        json={"body": "Late", "parent_id": "{staff_comment}"},
    ),
    Row("list_task_staff_comments", "GET", TASK + "/staff-comments"),
    Row("create_task_staff_comment", "POST", TASK + "/staff-comments", 201, json={"body": "Hm"}),
]

DOCUMENTS = [
    Row("list_folders", "GET", WEBSITE + "/folders"),
    Row(
        "create_folder", "POST", WEBSITE + "/folders", 201, json={"title": "Photos", "parent_id": "{folder}"}
    ),
    Row("list_documents", "GET", "/documents", anybody=True),
    Row(
        "create_document",
        "POST",
        WEBSITE + "/documents",
        201,
        form={"folder_id": "{folder}"},
        files=("file",),
    ),
    Row("get_document", "GET", DOCUMENT),
    Row("update_document", "PATCH", DOCUMENT, json={"title": "Plan", "client_visible": False}),
    Row("delete_one_document", "DELETE", DOCUMENT, GONE),
    Row("restore_one_document", "POST", "/documents/{trashed}/restoration", 201),
    Row("move_one_document", "PUT", DOCUMENT + "/folder", json={"folder_id": "{other_folder}"}),
    Row("list_document_versions", "GET", DOCUMENT + "/versions"),
    Row(
        "create_document_version",
        "POST",
        DOCUMENT + "/versions",
        201,
        form={"note": "Shorter"},
        files=("file",),
    ),
    Row("download_document", "GET", DOCUMENT + "/versions/1/file"),
]

DELIVERABLES = [
    Row("list_deliverables", "GET", "/deliverables", anybody=True),
    Row(
        "create_one_deliverable",
        "POST",
        WEBSITE + "/deliverables",
        201,
        json={
            "title": "Logo",
            "purpose": "approval",
            "responsible_id": "{alex}",
            "terms": {"approvers": [{"contact_id": "{sarah}"}]},
        },
    ),
    Row("get_deliverable", "GET", HOMEPAGE),
    Row("update_deliverable", "PATCH", HOMEPAGE, json={"title": "Home", "responsible_id": "{alex}"}),
    Row("delete_one_deliverable", "DELETE", HOMEPAGE, GONE),
    Row("restore_one_deliverable", "POST", "/deliverables/{removed}/restoration", 201),
    Row("get_terms", "GET", HOMEPAGE + "/terms"),
    Row(
        "set_one_terms",
        "PUT",
        HOMEPAGE + "/terms",
        json={"approvers": [{"contact_id": "{mark}", "function": "Legal"}]},
    ),
    Row("list_versions", "GET", HOMEPAGE + "/versions"),
    Row(
        "create_version",
        "POST",
        HOMEPAGE + "/versions",
        201,
        form={"note": "Bigger", "settles": "{settled}"},
        files=("files",),
    ),
    Row("withdraw_submission", "DELETE", HOMEPAGE + "/submission"),
    Row("get_tracking", "GET", HOMEPAGE + "/tracking"),
    Row("create_reminder", "POST", HOMEPAGE + "/reminders", GONE, json={"contact_id": "{sarah}"}),
    Row("download_version_file", "GET", HOMEPAGE + "/files/{version_file}"),
    Row("list_remarks", "GET", HOMEPAGE + "/remarks"),
    Row(
        "create_remark",
        "POST",
        HOMEPAGE + "/remarks",
        201,
        form={
            "body": "Here",
            "version_number": "1",
            "file_id": "{version_file}",
            "page": "1",
            "x": "12.5",
            "y": "50",
        },
        files=("files",),
    ),
    Row("get_remark", "GET", HOMEPAGE + "/remarks/1"),
    Row(
        "create_reply",
        "POST",
        HOMEPAGE + "/remarks/2/comments",
        201,
        form={"body": "Done", "parent_id": "{settled_reply}"},
    ),
    Row("settle_remark", "PUT", HOMEPAGE + "/remarks/1/settlement"),
    Row("open_remark_again", "DELETE", HOMEPAGE + "/remarks/2/settlement"),
    Row("set_handling", "PUT", HOMEPAGE + "/remarks/1/handling", json={"version_number": 1}),
    Row("clear_handling", "DELETE", HOMEPAGE + "/remarks/1/handling"),
    Row("list_deliverable_staff_comments", "GET", HOMEPAGE + "/staff-comments"),
    Row(
        "create_deliverable_staff_comment", "POST", HOMEPAGE + "/staff-comments", 201, json={"body": "Hurry"}
    ),
]

REST = [
    Row("list_inbox", "GET", "/inbox", anybody=True),
    Row("get_inbox_item", "GET", "/inbox/{item}"),
    Row("complete_inbox_item", "POST", "/inbox/{item}/completion", 201),
    Row("snooze_inbox_item", "POST", "/inbox/{item}/snooze", 201),
    Row("reopen_inbox_item", "POST", "/inbox/{done_item}/reopening", 201),
    Row("resend_message", "POST", "/inbox/{mail_item}/resending", 201),
    Row("search", "GET", "/search?q=web", anybody=True),
    Row("list_events", "GET", "/events", anybody=True),
]

ROWS = [*PEOPLE, *CLIENTS, *PROJECTS, *DOCUMENTS, *DELIVERABLES, *REST]
