"""What people do with projects and their parts."""

from parvis.projects.actions.discussions import comment_discussion, comment_task, open_discussion
from parvis.projects.actions.members import add_member, remove_member
from parvis.projects.actions.milestones import (
    add_milestone,
    delete_milestone,
    edit_milestone,
    reach_milestone,
    reopen_milestone,
    restore_milestone,
)
from parvis.projects.actions.projects import (
    ProjectFacts,
    change_project_status,
    create_project,
    edit_project,
    set_client_status,
)
from parvis.projects.actions.tasks import add_task, edit_task, set_task_state

__all__ = [
    "ProjectFacts",
    "add_member",
    "add_milestone",
    "add_task",
    "change_project_status",
    "comment_discussion",
    "comment_task",
    "create_project",
    "delete_milestone",
    "edit_milestone",
    "edit_project",
    "edit_task",
    "open_discussion",
    "reach_milestone",
    "remove_member",
    "reopen_milestone",
    "restore_milestone",
    "set_client_status",
    "set_task_state",
]
