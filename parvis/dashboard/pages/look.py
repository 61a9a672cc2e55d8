"""The preview of an agency's look, and whether its colour had to move to stay readable (DESIGN 2)."""

from dataclasses import dataclass

from parvis.clients.models import PortalSettings
from parvis.ui.theme import DARK, LIGHT, adjusted, shades
from parvis.workspaces.models import Branding, Workspace


@dataclass(frozen=True, slots=True)
class Scheme:
    """The colours of the preview in one scheme, for the attributes of a drawing."""

    name: str
    canvas: str
    surface: str
    line: str
    ink: str
    brand: str
    on_brand: str
    brand_ink: str
    brand_soft: str


@dataclass(frozen=True, slots=True)
class LookPreview:
    """Both schemes, the colour they come from, and whether it had to move."""

    schemes: list[Scheme]
    colour: str
    has_moved: bool
    is_own: bool


def look_preview(workspace: Workspace, portal: PortalSettings | None = None) -> LookPreview:
    """As the client's portal looks; without one, as the workspace's portals look."""
    branding = getattr(workspace, "branding", None) or Branding(workspace=workspace)
    own = portal.colour if portal else ""
    return preview_of(own or branding.colour, is_own=bool(own))


def preview_of(colour: str, *, is_own: bool = False) -> LookPreview:
    """The preview of any colour."""
    drawn = [("light", LIGHT, "#e6e1d9", "#211e1a"), ("dark", DARK, "#35302a", "#f3efe9")]
    schemes = []
    for name, grounds, line, ink in drawn:
        tones = shades(colour, grounds)
        schemes.append(
            Scheme(
                name=name,
                canvas=grounds.canvas,
                surface=grounds.surface,
                line=line,
                ink=ink,
                brand=tones.brand,
                on_brand=tones.on_brand,
                brand_ink=tones.ink,
                brand_soft=tones.soft,
            )
        )
    return LookPreview(schemes, colour, adjusted(colour), is_own)
