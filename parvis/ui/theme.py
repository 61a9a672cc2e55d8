"""An agency's colours from its one colour (DESIGN 2, Brand).

Everything is worked out in OKLCH, where a step of lightness looks like the same step for every hue. The
agency's hue stays; lightness moves until text reaches 4.5:1 (WCAG 1.4.3) on every ground it may stand on.
"""

import hashlib
import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

TEXT_CONTRAST = 4.5
MELTS_BELOW = 1.35  # a filled button closer than this to the page is no button any more

WHITE = "#ffffff"


@dataclass(frozen=True)
class Grounds:
    """The surfaces of one scheme, as tokens.css has them, and how its brand colours are placed on them."""

    canvas: str
    agency_canvas: str
    surface: str
    sunken: str
    agency_sunken: str
    near_black: str
    is_dark: bool

    def all(self) -> tuple[str, ...]:
        return (self.canvas, self.agency_canvas, self.surface, self.sunken, self.agency_sunken)


LIGHT = Grounds("#faf8f5", "#fbfaf9", "#ffffff", "#f3f0eb", "#f4f2ef", "#0e0d0c", is_dark=False)
DARK = Grounds("#161412", "#161412", "#1f1c19", "#12100f", "#12100f", "#0e0d0c", is_dark=True)


@dataclass(frozen=True)
class Oklch:
    """Lightness 0 to 1, chroma from 0, hue in radians (Ottosson's OKLab in polar form)."""

    lightness: float
    chroma: float
    hue: float

    @classmethod
    def of(cls, colour: str) -> Self:
        red, green, blue = (to_linear(part) for part in parts(colour))
        long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
        medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
        short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
        lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
        a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
        b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
        return cls(lightness, math.hypot(a, b), math.atan2(b, a))

    def at(self, lightness: float, most_chroma: float = 1.0) -> str:
        """The colour of this hue at that lightness; chroma gives way where a screen cannot show it."""
        lightness = min(1.0, max(0.0, lightness))
        chroma = min(self.chroma, most_chroma)
        while True:
            linear = to_rgb(lightness, chroma, self.hue)
            if chroma < 0.002 or all(-0.0005 <= part <= 1.0005 for part in linear):
                return written(linear)
            chroma *= 0.94


@dataclass(frozen=True)
class Shades:
    """The six brand tokens of one scheme."""

    brand: str
    hover: str
    soft: str
    line: str
    ink: str
    on_brand: str


@dataclass(frozen=True)
class Theme:
    """The brand tokens of both schemes."""

    light: Shades
    dark: Shades

    @classmethod
    def of(cls, colour: str) -> Self:
        return cls(shades(colour, LIGHT), shades(colour, DARK))


def theme_css(colour: str, accent: str | None = None) -> str:
    """The style sheet that lays an agency's colours over our own.

    With an `accent`, links, focus and progress take its hue while filled buttons keep the main colour.
    """
    theme = Theme.of(colour)
    lines = Theme.of(accent) if accent else theme
    tokens = {
        "--brand": (theme.light.brand, theme.dark.brand),
        "--brand-hover": (theme.light.hover, theme.dark.hover),
        "--on-brand": (theme.light.on_brand, theme.dark.on_brand),
        "--brand-soft": (lines.light.soft, lines.dark.soft),
        "--brand-line": (lines.light.line, lines.dark.line),
        "--brand-ink": (lines.light.ink, lines.dark.ink),
    }
    body = "".join(f"  {name}: light-dark({light}, {dark});\n" for name, (light, dark) in tokens.items())
    return f":root {{\n{body}}}\n"


def theme_hash(colour: str, accent: str | None = None) -> str:
    """What the address of the style sheet ends in, so that it may be kept for ever."""
    return hashlib.sha256(theme_css(colour, accent).encode()).hexdigest()[:12]


def adjusted(colour: str) -> bool:
    """Whether the agency's colour had to move to stay readable; staff are told so (DESIGN 2)."""
    return Theme.of(colour).light.brand != colour.lower()


@lru_cache(maxsize=256)
def shades(colour: str, grounds: Grounds) -> Shades:
    base = Oklch.of(colour)
    brand, on_brand, lightness = filled(colour.lower(), base, grounds)
    hover = hovered(base, lightness, brand, on_brand, grounds)
    soft, line = pale(base, grounds)
    ink = readable(base, lightness, (*grounds.all(), soft), grounds)
    return Shades(brand, hover, soft, line, ink, on_brand)


def filled(colour: str, base: Oklch, grounds: Grounds) -> tuple[str, str, float]:
    """Ground of the filled button, the ink on it, and the ground's lightness."""
    lightness, most_chroma = base.lightness, 1.0
    if grounds.is_dark:
        # On dark pages a dark brand would be a hole; a light one carries dark letters.
        lightness, most_chroma = max(lightness, 0.72), 0.13
    brand = base.at(lightness, most_chroma) if grounds.is_dark else colour
    while contrast(brand, grounds.canvas) < MELTS_BELOW:
        lightness += 0.02 if grounds.is_dark else -0.02
        brand = base.at(lightness, most_chroma)
    on_brand = letters_on(brand, grounds)
    while contrast(on_brand, brand) < TEXT_CONTRAST:
        lightness += -0.01 if on_brand == WHITE else 0.01
        brand = base.at(lightness, most_chroma)
    return brand, on_brand, lightness


def letters_on(brand: str, grounds: Grounds) -> str:
    """White where it can be read, for agencies expect it; else whichever of the two reads better."""
    if contrast(WHITE, brand) >= TEXT_CONTRAST:
        return WHITE
    return max((WHITE, grounds.near_black), key=lambda ink: contrast(ink, brand))


def hovered(base: Oklch, lightness: float, brand: str, on_brand: str, grounds: Grounds) -> str:
    """A step away from the brand, towards more contrast with the letters on it."""
    step = -0.05 if on_brand == WHITE else 0.06
    hover = base.at(lightness + step, 0.13 if grounds.is_dark else 1.0)
    return hover if contrast(on_brand, hover) >= TEXT_CONTRAST else brand


def pale(base: Oklch, grounds: Grounds) -> tuple[str, str]:
    """The soft ground and the line: a breath of the colour, less of it where the colour itself is quiet."""
    if grounds.is_dark:
        return base.at(0.27, min(0.03, base.chroma * 0.4)), base.at(0.42, min(0.06, base.chroma * 0.65))
    return base.at(0.945, min(0.025, base.chroma * 0.25)), base.at(0.84, min(0.06, base.chroma * 0.5))


def readable(base: Oklch, lightness: float, on: tuple[str, ...], grounds: Grounds) -> str:
    """The brand as the colour of text: darker (lighter on dark pages) until it reads on every ground."""
    step = 0.01 if grounds.is_dark else -0.01
    ink = base.at(lightness, 0.14)
    while min(contrast(ink, ground) for ground in on) < TEXT_CONTRAST and 0 <= lightness <= 1:
        lightness += step
        ink = base.at(lightness, 0.14)
    return ink


def contrast(one: str, other: str) -> float:
    """WCAG's contrast ratio, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    red, green, blue = (to_linear(part) for part in parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def parts(colour: str) -> tuple[float, float, float]:
    """Red, green and blue, 0 to 1, of `#rrggbb`."""
    digits = colour.removeprefix("#")
    red, green, blue = (int(digits[start : start + 2], 16) / 255 for start in (0, 2, 4))
    return red, green, blue


def to_linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def to_screen(part: float) -> float:
    part = min(1.0, max(0.0, part))
    return 12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055


def to_rgb(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    """Linear red, green and blue; outside 0 to 1 where the screen cannot show the colour."""
    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def written(linear: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(to_screen(part) * 255):02x}" for part in linear)
