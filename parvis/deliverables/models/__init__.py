"""Tables of deliverables."""

from parvis.deliverables.models.approvals import ApprovalPolicy, ApproverSlot, Decision, VersionVisit
from parvis.deliverables.models.deliverables import Deliverable, DeliverableVersion, VersionFile
from parvis.deliverables.models.remarks import Remark
from parvis.deliverables.rules import ApprovalOrder, DeliverableState, Purpose, Verdict

__all__ = [
    "ApprovalOrder",
    "ApprovalPolicy",
    "ApproverSlot",
    "Decision",
    "Deliverable",
    "DeliverableState",
    "DeliverableVersion",
    "Purpose",
    "Remark",
    "Verdict",
    "VersionFile",
    "VersionVisit",
]
