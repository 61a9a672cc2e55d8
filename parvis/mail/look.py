"""How the letters of a workspace look: its name, its logo, its colour with an ink that can be read on it."""

from dataclasses import dataclass

from parvis.ui.theme import Theme
from parvis.workspaces.models import Branding, Workspace

COLOUR = "#2f5d50"


@dataclass(frozen=True, slots=True)
class Look:
    """What a layout knows of the sender. Colours are `#rrggbb`; `dark_*` are for dark mail readers."""

    name: str
    colour: str = COLOUR
    ink: str = "#ffffff"
    dark_colour: str = "#7fc0ab"
    dark_ink: str = "#0e1a16"
    logo_url: str = ""


def look_of(workspace: Workspace, *, colour: str = "", logo_url: str = "") -> Look:
    """The workspace's look; a client's portal may bring its own colour and logo (A-37)."""
    branding: Branding | None = getattr(workspace, "branding", None)
    theme = Theme.of(colour or (branding.colour if branding else "") or COLOUR)
    return Look(
        name=workspace.name,
        colour=theme.light.brand,
        ink=theme.light.on_brand,
        dark_colour=theme.dark.brand,
        dark_ink=theme.dark.on_brand,
        logo_url=logo_url,
    )
