"""How the letters of a workspace look: its name, its logo, its colour with an ink that can be read on it."""

from dataclasses import dataclass

from parvis.workspaces.models import Branding, Workspace

PAPER, INK = "#ffffff", "#0e1a16"
COLOUR = "#2f5d50"


@dataclass(frozen=True, slots=True)
class Look:
    """What a layout knows of the sender. Colours are `#rrggbb`; `dark_*` are for dark mail readers."""

    name: str
    colour: str = COLOUR
    ink: str = PAPER
    dark_colour: str = "#7fc0ab"
    dark_ink: str = INK
    logo_url: str = ""


def look_of(workspace: Workspace, *, colour: str = "", logo_url: str = "") -> Look:
    """The workspace's look; a client's portal may bring its own colour and logo (A-37)."""
    branding = Branding.objects.filter(workspace=workspace).first()
    chosen = colour or (branding.colour if branding else "") or COLOUR
    lighter = _mix(chosen, PAPER, 0.45)
    return Look(
        name=workspace.name,
        colour=chosen,
        ink=_readable_on(chosen),
        dark_colour=lighter,
        dark_ink=_readable_on(lighter),
        logo_url=logo_url,
    )


def _readable_on(colour: str) -> str:
    """White or near black, whichever has the higher contrast (WCAG 2.2, 1.4.3)."""
    light = _luminance(colour)
    against_paper = 1.05 / (light + 0.05)
    against_ink = (light + 0.05) / (_luminance(INK) + 0.05)
    return PAPER if against_paper >= against_ink else INK


def _luminance(colour: str) -> float:
    """Relative luminance as WCAG defines it."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in _channels(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _mix(colour: str, other: str, part: float) -> str:
    """`part` of the other colour in the first."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    mixed = [round(255 * (a + (b - a) * part)) for a, b in pairs]
    return "#" + "".join(f"{channel:02x}" for channel in mixed)


def _channels(colour: str) -> list[float]:
    """Red, green and blue from 0 to 1."""
    return [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
