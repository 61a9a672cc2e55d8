"""What people do with deliverables; one module per noun."""

from parvis.deliverables.actions.decisions import decide
from parvis.deliverables.actions.deliverables import (
    Approver,
    Terms,
    create_deliverable,
    delete_deliverable,
    edit_deliverable,
    restore_deliverable,
    set_terms,
)
from parvis.deliverables.actions.remarks import (
    Anchor,
    add_remark,
    mark_handled,
    reopen_remark,
    reply_to_remark,
    resolve_remark,
)
from parvis.deliverables.actions.reminders import nudge
from parvis.deliverables.actions.versions import publish_version, record_download, withdraw_version
from parvis.deliverables.actions.visits import mark_shown

__all__ = [
    "Anchor",
    "Approver",
    "Terms",
    "add_remark",
    "create_deliverable",
    "decide",
    "delete_deliverable",
    "edit_deliverable",
    "mark_handled",
    "mark_shown",
    "nudge",
    "publish_version",
    "record_download",
    "reopen_remark",
    "reply_to_remark",
    "resolve_remark",
    "restore_deliverable",
    "set_terms",
    "withdraw_version",
]
