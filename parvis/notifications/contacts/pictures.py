"""The small picture of a deliverable in a mail: the top of its first page, as a JPEG every reader shows."""

import functools
import io

from PIL import Image

from parvis.deliverables.models import DeliverableVersion
from parvis.files.models import FilePage, PreviewState
from parvis.files.storage import storage
from parvis.mail.letters import InlineImage

WIDTH, HEIGHT = 1008, 600  # twice what the letter shows, for sharp screens
QUALITY = 70


def picture_of(version: DeliverableVersion) -> InlineImage | None:
    """The picture; None while there is none, for a mail does not wait for one."""
    page = (
        FilePage.objects.filter(
            file__in=version.files.values("file"), file__preview_state=PreviewState.READY, number=1
        )
        .order_by("file_id")
        .first()
    )
    if page is None:
        return None
    try:
        return InlineImage("preview", _preview(page.key_small), "jpeg")
    except FileNotFoundError:
        return None


@functools.lru_cache(maxsize=16)  # the mails about one version leave together; what a key holds never changes
def _preview(key: str) -> bytes:
    # Our own drawing, not the client's file: it is safe to decode here.
    with storage().open(key) as source, Image.open(io.BytesIO(source.read())) as drawn:
        return _jpeg(drawn)


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
