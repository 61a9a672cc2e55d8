"""Projects and what belongs to one, over the REST interface."""

from ninja import Router

from parvis.projects.api.discussions import router as discussions
from parvis.projects.api.parts import router as parts
from parvis.projects.api.projects import router as projects

router = Router(tags=["projects"])
for part in (projects, parts, discussions):
    router.add_router("", part)

__all__ = ["router"]
