"""The page pictures of a version with their pins, all files stacked as one sequence of sheets."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from parvis.deliverables.actions import Anchor
from parvis.deliverables.models import Deliverable, DeliverableVersion, VersionFile
from parvis.deliverables.review import RemarkView

SMALL, LARGE = 800, 1600  # pixels; see files.previews


@dataclass(slots=True)
class PageSize:
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
    preview_failure: str
    pages: list[PageSize] = field(default_factory=list)

    @property
    def has_pages(self) -> bool:
        return bool(self.pages)

    @property
    def is_being_drawn(self) -> bool:
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


def stage_files(version: DeliverableVersion) -> list[StageFile]:
    """The files of a version in order, with their pages; one query for everything."""
    rows = VersionFile.objects.filter(version=version).order_by("position", "id", "file__pages__number")
    files: dict[UUID, StageFile] = {}
    for row in rows.values_list(
        "file_id",
        "file__name",
        "file__size_bytes",
        "file__family",
        "file__preview_state",
        "file__preview_failure",
        "file__pages__number",
        "file__pages__width",
        "file__pages__height",
    ):
        file = files.setdefault(row[0], StageFile(*row[:6]))
        number, width, height = row[6:]
        if number and file.preview_state == "ready":  # a file without pages comes with one empty row
            file.pages.append(PageSize(number, width, height))
    return list(files.values())


def sheets_of(
    deliverable: Deliverable,
    version: DeliverableVersion,
    files: Sequence[StageFile],
    remarks: Sequence[RemarkView],
) -> list[Sheet]:
    """Every page of every file, each with the remarks that point to it."""
    pages = [(file, page) for file in files for page in file.pages]
    return [
        Sheet(
            number=number,
            image_url=page_url(deliverable.pk, file.id, page.number, "small"),
            srcset=_srcset(deliverable.pk, file.id, page),
            width=page.width,
            height=page.height,
            alt=_alt(deliverable, version, number, len(pages)),
            pins=[_pin(view) for view in remarks if _points_to(view, file.id, page.number)],
        )
        for number, (file, page) in enumerate(pages, start=1)
    ]


def anchor_at(files: Sequence[StageFile], sheet: int | None, x: object, y: object) -> Anchor | None:
    """The spot a composer names by the number of the sheet; None where it names none there is."""
    pages = [(file, page) for file in files for page in file.pages]
    if not sheet or x is None or y is None or not 1 <= sheet <= len(pages):
        return None
    file, page = pages[sheet - 1]
    return Anchor(file_id=file.id, page=page.number, x=x, y=y)  # type: ignore[arg-type]


def page_url(pk: UUID, file_id: UUID, page: int, size: str) -> str:
    """The address of one page picture."""
    return reverse("portal:page", args=[pk, file_id, page, size])


def _srcset(pk: UUID, file_id: UUID, page: PageSize) -> str:
    """Both renditions with their widths; a picture smaller than a rendition was not enlarged."""
    small, large = min(SMALL, page.width), page.width
    if small == large:
        return ""
    return (
        f"{page_url(pk, file_id, page.number, 'small')} {small}w, "
        f"{page_url(pk, file_id, page.number, 'large')} {large}w"
    )


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
    words = {"number": remark.number, "author": view.root.comment.author_name if view.root else ""}
    if view.is_open:
        label = _("Remark %(number)s by %(author)s, open") % words
    else:
        label = _("Remark %(number)s by %(author)s, settled") % words
    return Pin(
        number=remark.number,
        x=f"{remark.x:.2f}",
        y=f"{remark.y:.2f}",
        url=f"#remark-{remark.number}",
        label=label,
        is_settled=not view.is_open,
    )
