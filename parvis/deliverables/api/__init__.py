"""Deliverables over the REST interface. Decisions are not here: they are the client's people's alone."""

from ninja import Router

from parvis.deliverables.api.deliverables import router as deliverables
from parvis.deliverables.api.remarks import router as remarks
from parvis.deliverables.api.versions import router as versions

router = Router(tags=["deliverables"])
for part in (deliverables, versions, remarks):
    router.add_router("", part)

__all__ = ["router"]
