"""Pictures inside mails: the top of a deliverable's first page, and the logo; in forms every reader shows.

They travel with the letter, so that reading it tells nobody, and come from our own drawings, never from the
uploaded files.
"""

import io
from uuid import UUID

from django.db.models import QuerySet
from PIL import Image

from parvis.deliverables.models import DeliverableVersion
from parvis.files.models import FilePage, PreviewState
from parvis.files.storage import storage
from parvis.mail.letters import InlineImage
from parvis.workspaces.models import Branding, Workspace

WIDTH, HEIGHT = 1008, 600  # twice what the letter shows, for sharp screens
QUALITY = 70
LOGO_HEIGHT = 80


def picture_of(version: DeliverableVersion) -> InlineImage | None:
    """The picture; None while there is none, for a mail does not wait for one."""
    drawn = _drawn(FilePage.objects.filter(file__in=version.files.values("file")))
    return InlineImage("preview", _jpeg(drawn), "jpeg") if drawn else None


def logo_of(workspace: Workspace, own_id: UUID | None = None) -> InlineImage | None:
    """The logo of a client's portal or of the workspace (A-37); None without one, or while it is drawn."""
    branding = Branding.objects.filter(workspace=workspace).first()
    file_id = own_id or (branding.logo_id if branding else None)
    if file_id is None:
        return None
    drawn = _drawn(FilePage.objects.filter(file=file_id, file__workspace=workspace))
    return InlineImage("logo", _png(drawn), "png") if drawn else None


def _drawn(pages: QuerySet[FilePage]) -> Image.Image | None:
    """The first page among these, as we drew it."""
    page = pages.filter(file__preview_state=PreviewState.READY, number=1).order_by("file_id").first()
    if page is None:
        return None
    try:
        with storage().open(page.key_small) as source:
            return Image.open(io.BytesIO(source.read()))
    except FileNotFoundError:
        return None


def _png(drawn: Image.Image) -> bytes:
    """Twice the height the letter shows."""
    picture = drawn.convert("RGBA")
    picture.thumbnail((4 * LOGO_HEIGHT, LOGO_HEIGHT))
    kept = io.BytesIO()
    picture.save(kept, "PNG", optimize=True)
    return kept.getvalue()


def _jpeg(drawn: Image.Image) -> bytes:
    """The top part in the letter's proportions, on white where it is transparent."""
    picture = drawn.convert("RGBA")
    width = min(picture.width, WIDTH)
    picture = picture.resize((width, max(1, round(picture.height * width / picture.width))))
    picture = picture.crop((0, 0, width, min(picture.height, round(width * HEIGHT / WIDTH))))
    paper = Image.new("RGB", picture.size, "white")
    paper.paste(picture, mask=picture.getchannel("A"))
    kept = io.BytesIO()
    paper.save(kept, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return kept.getvalue()
