"""Oneself, the members and the workspace they share, over the REST interface."""

from ninja import Router

from parvis.team.api.members import router as members
from parvis.team.api.workspace import router as workspace

router = Router(tags=["team"])
for part in (members, workspace):
    router.add_router("", part)

__all__ = ["router"]
