"""A sheet to draw on, in pixels of the finished picture; drawn at twice the size, then made smooth."""

import functools
import io
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

TWICE = 2
Point = tuple[float, float]
Box = tuple[float, float, float, float]


class Canvas:
    """A picture under way. Colours are `#rrggbb`; every length is in pixels of the finished picture."""

    def __init__(self, width: int, height: int, ground: str = "#ffffff") -> None:
        self.width, self.height = width, height
        self.image = Image.new("RGB", (width * TWICE, height * TWICE), ground)
        self.draw = ImageDraw.Draw(self.image, "RGBA")

    def box(self, box: Box, fill: str, radius: float = 0) -> None:
        """A rectangle, its corners rounded by `radius`."""
        self.draw.rounded_rectangle(_scaled(box), radius * TWICE, fill=fill)

    def frame(self, box: Box, line: str, radius: float = 0, width: float = 1) -> None:
        """The outline of a rectangle."""
        self.draw.rounded_rectangle(_scaled(box), radius * TWICE, outline=line, width=round(width * TWICE))

    def ellipse(self, box: Box, fill: str) -> None:
        """An ellipse within the box."""
        self.draw.ellipse(_scaled(box), fill=fill)

    def shape(self, points: Sequence[Point], fill: str) -> None:
        """A filled polygon."""
        self.draw.polygon([(x * TWICE, y * TWICE) for x, y in points], fill=fill)

    def line(self, points: Sequence[Point], fill: str, width: float = 1) -> None:
        """A line through the points."""
        self.draw.line([(x * TWICE, y * TWICE) for x, y in points], fill=fill, width=round(width * TWICE))

    def gradient(self, box: Box, top: str, bottom: str, radius: float = 0) -> None:
        """A rectangle that passes from one colour into another, downwards."""
        x0, y0, x1, y1 = (round(value * TWICE) for value in box)
        strip = Image.linear_gradient("L").resize((x1 - x0, y1 - y0))
        blend = Image.composite(
            Image.new("RGB", strip.size, bottom), Image.new("RGB", strip.size, top), strip
        )
        mask = Image.new("L", strip.size, 0)
        ImageDraw.Draw(mask).rounded_rectangle((0, 0, *strip.size), radius * TWICE, fill=255)
        self.image.paste(blend, (x0, y0), mask)

    def text(
        self,
        at: Point,
        words: str,
        *,
        size: float,
        fill: str = "#211e1a",
        weight: int = 400,
        family: str = "inter",
        anchor: str = "la",
        spacing: float = 0,
    ) -> None:
        """One or several lines of text; `spacing` opens the letters of a single line."""
        face = font(family, round(size * TWICE), weight)
        x, y = at[0] * TWICE, at[1] * TWICE
        if spacing:
            for letter in words:
                self.draw.text((x, y), letter, font=face, fill=fill, anchor=anchor)
                x += face.getlength(letter) + spacing * TWICE
        elif "\n" in words:
            self.draw.multiline_text((x, y), words, font=face, fill=fill, spacing=size * TWICE * 0.32)
        else:
            self.draw.text((x, y), words, font=face, fill=fill, anchor=anchor)

    def button(self, at: Point, words: str, *, fill: str, ink: str = "#ffffff", size: float = 17) -> None:
        """A button as wide as its words."""
        width = font("inter", round(size * TWICE), 600).getlength(words) / TWICE + size * 2.6
        x, y = at
        self.box((x, y, x + width, y + size * 2.9), fill, radius=size * 1.45)
        self.text((x + width / 2, y + size * 1.45), words, size=size, fill=ink, weight=600, anchor="mm")

    def finished(self) -> Image.Image:
        """The picture at its real size."""
        return self.image.reduce(TWICE)

    def png(self) -> bytes:
        """The picture as a PNG file."""
        target = io.BytesIO()
        self.finished().save(target, "PNG")
        return target.getvalue()


def pdf(pages: Sequence[Canvas], title: str) -> bytes:
    """The pages as one PDF."""
    first, *others = [page.finished() for page in pages]
    target = io.BytesIO()
    first.save(target, "PDF", save_all=True, append_images=others, resolution=144, title=title)
    return target.getvalue()


@functools.cache
def font(family: str, size: int, weight: int) -> ImageFont.FreeTypeFont:
    """Inter or Fraunces as installed for the pages; Pillow's own face where they are missing."""
    folder = Path(settings.PROJECT) / "node_modules" / "@fontsource-variable" / family / "files"
    file = folder / f"{family}-latin-wght-normal.woff2"
    if not file.exists():
        return ImageFont.load_default(size)  # type: ignore[return-value]
    face = ImageFont.truetype(file, size)
    face.set_variation_by_axes([weight])
    return face


def _scaled(box: Box) -> tuple[float, float, float, float]:
    x0, y0, x1, y1 = box
    return x0 * TWICE, y0 * TWICE, x1 * TWICE, y1 * TWICE
