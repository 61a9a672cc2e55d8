"""The page pictures of a version, all files stacked as one sequence of sheets, and the spots on them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from parvis.core.prepared import prepared
from parvis.deliverables.actions import Anchor
from parvis.deliverables.models import Deliverable, DeliverableVersion, VersionFile
from parvis.deliverables.review import RemarkView

SMALL = 800  # pixels; see files.previews


@dataclass(slots=True)
class StagePage:
    """One page of a file as it was drawn."""

    number: int
    width: int
    height: int


@dataclass(slots=True)
class StageFile:
    """One file of the version and what is known of its pages."""

    id: UUID
    name: str
    size_bytes: int
    family: str
    preview_state: str
    pages: list[StagePage] = field(default_factory=list)

    @property
    def is_being_drawn(self) -> bool:
        """Whether its pictures are still on their way."""
        return self.preview_state == "waiting"


@dataclass(frozen=True, slots=True)
class Pin:
    """Where a remark points to; coordinates are written without regard to the reader's decimal comma."""

    number: int
    x: str
    y: str
    url: str
    label: str
    is_settled: bool
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page picture of the stage, counted through all files."""

    number: int
    image_url: str
    srcset: str
    width: int
    height: int
    alt: str
    pins: list[Pin]


PageUrl = Callable[[UUID, int, str], str]
"""The address of a picture: file, page, size."""


def stage_files(version: DeliverableVersion) -> list[StageFile]:
    """The files of a version in order, with their pages; one query for everything."""
    files: dict[UUID, StageFile] = {}
    for row in _pages(version.pk):
        file = files.setdefault(row[0], StageFile(*row[:5]))
        number, width, height = row[5:]
        if number and file.preview_state == "ready":  # a file without pages comes with one empty row
            file.pages.append(StagePage(number, width, height))
    return list(files.values())


@prepared
def _pages(version_id: UUID) -> QuerySet[VersionFile, tuple[Any, ...]]:
    rows = VersionFile.objects.filter(version=version_id).order_by("position", "id", "file__pages__number")
    return rows.values_list(
        "file_id",
        "file__name",
        "file__size_bytes",
        "file__family",
        "file__preview_state",
        "file__pages__number",
        "file__pages__width",
        "file__pages__height",
    )


def sheets_of(
    deliverable: Deliverable,
    version: DeliverableVersion,
    files: Sequence[StageFile],
    remarks: Sequence[RemarkView],
    page_url: PageUrl,
) -> list[Sheet]:
    """Every page of every file, each with the remarks that point to it."""
    pages = [(file, page) for file in files for page in file.pages]
    return [
        Sheet(
            number=number,
            image_url=page_url(file.id, page.number, "small"),
            srcset=_srcset(file.id, page, page_url),
            width=page.width,
            height=page.height,
            alt=_alt(deliverable, version, number, len(pages)),
            pins=[_pin(view) for view in remarks if _points_to(view, file.id, page.number)],
        )
        for number, (file, page) in enumerate(pages, start=1)
    ]


def anchor_at(
    files: Sequence[StageFile], sheet: int | None, x: Decimal | None, y: Decimal | None
) -> Anchor | None:
    """The spot a composer names by the number of the sheet; None where it names none there is."""
    pages = [(file, page) for file in files for page in file.pages]
    if not sheet or x is None or y is None or not 1 <= sheet <= len(pages):
        return None
    file, page = pages[sheet - 1]
    return Anchor(file_id=file.id, page=page.number, x=x, y=y)


def _srcset(file_id: UUID, page: StagePage, page_url: PageUrl) -> str:
    """Both renditions with their widths; a picture smaller than a rendition was not enlarged."""
    if page.width <= SMALL:
        return ""
    small, large = page_url(file_id, page.number, "small"), page_url(file_id, page.number, "large")
    return f"{small} {SMALL}w, {large} {page.width}w"


def _alt(deliverable: Deliverable, version: DeliverableVersion, number: int, count: int) -> str:
    words = {"title": deliverable.title, "version": version.number, "page": number}
    if count > 1:
        return _("%(title)s, version %(version)s, page %(page)s") % words
    return _("%(title)s, version %(version)s") % words


def _points_to(view: RemarkView, file_id: UUID, page: int) -> bool:
    remark = view.remark
    return remark.is_pinned and remark.file_id == file_id and (remark.page or 1) == page


def _pin(view: RemarkView) -> Pin:
    remark = view.remark
    author = view.root.comment.author_name if view.root else ""
    words = {"number": remark.number, "author": author}
    if not author:
        label = _("Remark %(number)s, open") if view.is_open else _("Remark %(number)s, settled")
    elif view.is_open:
        label = _("Remark %(number)s by %(author)s, open")
    else:
        label = _("Remark %(number)s by %(author)s, settled")
    return Pin(
        number=remark.number,
        x=f"{remark.x:.2f}",
        y=f"{remark.y:.2f}",
        url=f"#remark-{remark.number}",
        label=label % words,
        is_settled=not view.is_open,
    )
