"""How a portal looks: the agency's logo and colours, or those of the client's own portal (G1-06, A-37)."""

from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from django.urls import reverse

from parvis.clients.models import Client, PortalSettings
from parvis.files.models import PreviewState, StoredFile
from parvis.ui.theme import theme_css, theme_hash
from parvis.workspaces.models import Branding, Workspace


@dataclass(frozen=True, slots=True)
class Look:
    """Colours and logo as one reader sees them; `client_id` is set where a client's portal overrides."""

    colour: str
    accent: str = ""
    logo_id: UUID | None = None
    client_id: UUID | None = None


def branding_of(workspace: Workspace) -> Branding:
    """The workspace's branding; the defaults where none was set up."""
    return getattr(workspace, "branding", None) or Branding(workspace=workspace)


def look_of(workspace: Workspace, client: Client | None) -> Look:
    """The agency's look with what the client's portal overrides; each part by itself (A-37)."""
    own = branding_of(workspace)
    portal: PortalSettings | None = getattr(client, "portal", None)
    if client is None or portal is None:
        return Look(own.colour, own.accent, own.logo_id)
    colour, accent = (portal.colour, "") if portal.colour else (own.colour, own.accent)
    return Look(colour, accent, portal.logo_id or own.logo_id, client.pk if portal.colour else None)


def fingerprint(look: Look) -> str:
    """Changes with the style sheet, so that browsers may keep it for ever."""
    return _hash(look.colour, look.accent)


_hash = lru_cache(maxsize=1024)(lambda colour, accent: theme_hash(colour, accent or None))


def css_of(look: Look) -> str:
    """The six brand tokens for both schemes."""
    return theme_css(look.colour, look.accent or None)


def theme_url(workspace: Workspace, look: Look) -> str:
    """Where the style sheet of this look is served."""
    owner = look.client_id or workspace.slug
    return reverse("portal:theme", args=[owner, fingerprint(look)])


def logo_url(look: Look) -> str:
    """Where the logo is served; empty without one, or while its picture is not made."""
    if look.logo_id is None:
        return ""
    ready = StoredFile.objects.filter(pk=look.logo_id, preview_state=PreviewState.READY)
    return reverse("portal:logo", args=[look.logo_id]) if ready.exists() else ""
