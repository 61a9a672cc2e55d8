"""Runs in a process of its own: decodes one untrusted file and draws its pages as WebP (RELIABILITY E3,
E5).

Started as a script by `images.py` with limits on memory, time and written bytes, so that a hostile or
broken file can end this process and nothing else. Imports nothing of ours. Prints one JSON line.

    _drawing.py check FORMAT FILE            can this picture be decoded?
    _drawing.py image FORMAT FILE FOLDER     its first frame, as 1-small.webp and 1-large.webp
    _drawing.py pdf   -      FILE FOLDER     its first pages, as N-small.webp and N-large.webp
"""

import io
import json
import resource
import sys
import warnings
from pathlib import Path

from PIL import Image, ImageCms, ImageOps

MAX_PIXELS = 30_000_000
MAX_PAGES = 60
WIDTHS = {"small": 800, "large": 1600}  # pixels
MAX_HEIGHT = 16_000  # WebP ends at 16,383
QUALITY = 82

LIMITS = {
    resource.RLIMIT_AS: 768 * 1024**2,  # the largest picture we accept takes about 400 MB
    resource.RLIMIT_CPU: 40,  # seconds
    resource.RLIMIT_FSIZE: 64 * 1024**2,
    resource.RLIMIT_NOFILE: 64,
    resource.RLIMIT_CORE: 0,
}


def limit_ourselves() -> None:
    """As low as the system lets us; macOS knows no limit on address space."""
    for what, most in LIMITS.items():
        try:
            resource.setrlimit(what, (most, most))
        except (ValueError, OSError):
            continue


def opened(path: str, pillow_format: str) -> Image.Image:
    """The picture, not yet decoded. Read as this one format; its size is judged before a pixel is."""
    picture = Image.open(path, formats=[pillow_format])
    if picture.width * picture.height > MAX_PIXELS:
        raise Image.DecompressionBombError
    return picture


def check(path: str, pillow_format: str) -> dict[str, object]:
    """Decode the first frame whole: a truncated or false picture raises."""
    picture = opened(path, pillow_format)
    picture.load()
    return {"width": picture.width, "height": picture.height}


def in_screen_colours(picture: Image.Image) -> Image.Image:
    """Turned upright, in sRGB, with transparency kept; what the camera wrote about itself is left behind."""
    profile = picture.info.get("icc_profile")
    transparent = "A" in picture.getbands() or "transparency" in picture.info
    ImageOps.exif_transpose(picture, in_place=True)
    if profile and picture.mode in {"RGB", "CMYK", "L"}:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            screen = ImageCms.createProfile("sRGB")
            picture = ImageCms.profileToProfile(picture, source, screen, outputMode="RGB") or picture
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # a wrong profile costs the exact colours, not the preview
    if picture.mode.startswith("I") or picture.mode == "F":
        picture = picture.convert("F").point(lambda value: value * (1 / 256)).convert("L")  # 16 bits a pixel
    return picture.convert("RGBA" if transparent else "RGB")


def fitted(size: tuple[int, int], width: int) -> tuple[int, int]:
    """This size made to fit, never larger than it is."""
    scale = min(1.0, width / size[0], MAX_HEIGHT / size[1])
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def write(picture: Image.Image, folder: str, number: int) -> dict[str, int]:
    """Both renditions; answers the size of the large one."""
    large = picture.resize(fitted(picture.size, WIDTHS["large"]), Image.Resampling.LANCZOS)
    small = large.resize(fitted(large.size, WIDTHS["small"]), Image.Resampling.LANCZOS)
    for name, rendition in (("small", small), ("large", large)):
        target = Path(folder) / f"{number}-{name}.webp"
        rendition.save(target, "WEBP", quality=QUALITY, method=2)  # 3 takes twice as long for 5 % of the size
    return {"number": number, "width": large.width, "height": large.height}


def draw_image(path: str, pillow_format: str, folder: str) -> dict[str, object]:
    """The first frame."""
    picture = opened(path, pillow_format)
    if picture.width * picture.height > 4 * MAX_PIXELS // 10:
        picture.draft("RGB", (2 * WIDTHS["large"], 2 * WIDTHS["large"]))  # JPEG: decodes at a fraction
    picture.load()
    spare = min(picture.size) // (2 * WIDTHS["large"])
    if spare > 1 and picture.mode in {"L", "LA", "RGB", "RGBA", "CMYK"}:
        picture = picture.reduce(spare)  # colours of a ninth of the pixels take a ninth of the memory
    return {"page_count": 1, "pages": [write(in_screen_colours(picture), folder, 1)]}


def draw_pdf(path: str, folder: str) -> dict[str, object]:
    """The first MAX_PAGES pages. A page that cannot be drawn is left white rather than shift the others'
    numbers.
    """
    import pypdfium2  # only here: pictures need not wait for it
    from pypdfium2.raw import FPDF_ERR_PASSWORD

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        reason = "encrypted" if getattr(error, "err_code", None) == FPDF_ERR_PASSWORD else "broken"
        return {"failure": reason}
    page_count = len(document)
    pages = []
    for index in range(min(page_count, MAX_PAGES)):
        try:
            page = document[index]
            width, height = page.get_size()
            scale = min(WIDTHS["large"] / max(width, 1), MAX_HEIGHT / max(height, 1), 10)
            picture = page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
            page.close()
        except (pypdfium2.PdfiumError, ValueError, OverflowError):
            picture = Image.new("RGB", (WIDTHS["large"], round(WIDTHS["large"] * 1.414)), "white")
        pages.append(write(picture, folder, index + 1))
    return {"page_count": page_count, "pages": pages} if pages else {"failure": "broken"}


def main(job: str, pillow_format: str, path: str, folder: str = "") -> dict[str, object]:
    """Do one job; every way to fail has a word."""
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    try:
        if job == "check":
            return check(path, pillow_format)
        if job == "image":
            return draw_image(path, pillow_format, folder)
        return draw_pdf(path, folder)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return {"failure": "too_many_pixels"}
    except MemoryError:
        return {"failure": "too_heavy"}
    except Exception as error:  # noqa: BLE001 decoders raise whatever they like on hostile input; the process ends here
        return {"failure": "broken", "detail": type(error).__name__}


if __name__ == "__main__":
    limit_ourselves()
    print(json.dumps(main(*sys.argv[1:])))  # noqa: T201 the answer to the process that waits for it
