"""Pictures inside mails: the top of a deliverable's first page, and the logo; in forms every reader shows.

They travel with the letter, so that reading it tells nobody, and come from our own drawings, never from the
uploaded files.
"""

import io
from collections.abc import Callable
from functools import lru_cache
from uuid import UUID

from django.db.models import QuerySet
from PIL import Image

from parvis.core.prepared import prepared
from parvis.deliverables.models import DeliverableVersion, VersionFile
from parvis.files.models import FilePage, PreviewState
from parvis.files.storage import storage
from parvis.mail.letters import InlineImage
from parvis.workspaces.models import Branding, Workspace

WIDTH, HEIGHT = 1008, 600  # twice what the letter shows, for sharp screens
QUALITY = 70
LOGO_HEIGHT = 80
KEPT = 32  # pictures of the letters made last: all readers of a version get the same; a key is never reused


def picture_of(version: DeliverableVersion) -> InlineImage | None:
    """The picture; None while there is none, for a mail does not wait for one."""
    key = next(iter(_first_page_of_version(version.pk)), None)
    return _image("preview", _jpeg, key, "jpeg")


def logo_of(workspace: Workspace, own_id: UUID | None = None) -> InlineImage | None:
    """The logo of a client's portal or of the workspace (A-37); None without one, or while it is drawn."""
    branding: Branding | None = getattr(workspace, "branding", None)
    file_id = own_id or (branding.logo_id if branding else None)
    if file_id is None:
        return None
    key = next(iter(_first_page_of_file(file_id, workspace.pk)), None)
    return _image("logo", _png, key, "png")


def _image(name: str, make: Callable[[str], bytes], key: str | None, subtype: str) -> InlineImage | None:
    """The page under this key as a picture for a letter; None without one, or when it is gone."""
    try:
        return InlineImage(name, make(key), subtype) if key else None
    except FileNotFoundError:
        return None


@prepared
def _first_page_of_version(version_id: UUID) -> "QuerySet[FilePage, str]":
    files = VersionFile.objects.filter(version=version_id).values("file")
    return _first_page(FilePage.objects.filter(file__in=files))


@prepared
def _first_page_of_file(file_id: UUID, workspace_id: UUID) -> "QuerySet[FilePage, str]":
    return _first_page(FilePage.objects.filter(file=file_id, file__workspace=workspace_id))


def _first_page(pages: "QuerySet[FilePage]") -> "QuerySet[FilePage, str]":
    """Under which key the first page among these is stored, as we drew it."""
    ready = pages.filter(file__preview_state=PreviewState.READY, number=1).order_by("file_id")
    return ready.values_list("key_small", flat=True)[:1]


def _drawn(key: str) -> Image.Image:
    with storage().open(key) as source:
        return Image.open(io.BytesIO(source.read()))


@lru_cache(maxsize=KEPT)
def _png(key: str) -> bytes:
    """Twice the height the letter shows."""
    picture = _drawn(key).convert("RGBA")
    picture.thumbnail((4 * LOGO_HEIGHT, LOGO_HEIGHT))
    kept = io.BytesIO()
    picture.save(kept, "PNG", optimize=True)
    return kept.getvalue()


@lru_cache(maxsize=KEPT)
def _jpeg(key: str) -> bytes:
    """The top part in the letter's proportions, on white where it is transparent."""
    picture = _drawn(key)
    width = min(picture.width, WIDTH)
    picture = picture.resize((width, max(1, round(picture.height * width / picture.width))))
    picture = picture.crop((0, 0, width, min(picture.height, round(width * HEIGHT / WIDTH))))
    if picture.mode == "RGBA":
        paper = Image.new("RGB", picture.size, "white")
        paper.paste(picture, mask=picture.getchannel("A"))
        picture = paper
    kept = io.BytesIO()
    # Not progressive: that takes three times as long as all the rest, once for each version published.
    picture.convert("RGB").save(kept, "JPEG", quality=QUALITY, optimize=True)
    return kept.getvalue()
