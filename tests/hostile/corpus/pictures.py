"""Pictures that cost memory or time, and broken ones (RELIABILITY E3)."""

import io
import struct
import zlib

from PIL import Image

from parvis.files.tests.factories import picture
from tests.hostile.corpus.kinds import DRAWN, EITHER, KEPT, REFUSED, HostileFile, png, png_chunk


def flat(pillow_format: str, side: int, mode: str = "RGB", **options) -> bytes:
    """A square of one colour: few bytes, many pixels."""
    target = io.BytesIO()
    Image.new(mode, (side, side)).save(target, pillow_format, **options)
    return target.getvalue()


def png_bomb(side: int) -> bytes:
    """Only zeros, so that a thousandth of the pixels is enough to say it."""
    packer = zlib.compressobj(9)
    row = b"\0" + bytes(side)
    return png(side, side, b"".join(packer.compress(row) for _row in range(side)) + packer.flush())


def many_frames(count: int) -> bytes:
    """A GIF with this many frames of one pixel."""
    frame = b"\x21\xf9\x04\0\0\0\0\0\x2c\0\0\0\0\1\0\1\0\0\2\2\x44\1\0"
    return b"GIF89a\1\0\1\0\x80\0\0\0\0\0\xff\xff\xff" + frame * count + b"\x3b"


def wide_gif() -> bytes:
    """A GIF that announces 65,535 × 65,535 pixels and holds one."""
    return b"GIF89a\xff\xff\xff\xff\x80\0\0\0\0\0\xff\xff\xff\x2c\0\0\0\0\1\0\1\0\0\2\2\x44\1\0\x3b"


def tiff(*tags: tuple[int, int, int, int], data: bytes = b"", following: int = 0) -> bytes:
    """A TIFF with one directory at byte 8; `following` says where the next one stands."""
    entries = b"".join(struct.pack("<HHII", *tag) for tag in sorted(tags))
    return b"II*\0\x08\0\0\0" + struct.pack("<H", len(tags)) + entries + struct.pack("<I", following) + data


def tiff_of(width: int, height: int, *, following: int = 0) -> bytes:
    return tiff(
        (256, 4, 1, width), (257, 4, 1, height), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1),
        (273, 4, 1, 200), (277, 3, 1, 1), (278, 4, 1, height), (279, 4, 1, width * height),
        following=following, data=bytes(200),
    )  # fmt: skip


def bmp_of(width: int, height: int) -> bytes:
    return (
        b"BM"
        + struct.pack("<IHHIIiiHHIIiiII", 58, 0, 0, 54, 40, width, height, 1, 24, 0, 4, 0, 0, 0, 0)
        + b"\0\0\0\0"
    )


def heavy_text() -> bytes:
    return png(
        8, 1, zlib.compress(bytes(9)), png_chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(200_000_000), 9))
    )


def heavy_profile() -> bytes:
    profile = b"profile\0\0" + zlib.compress(bytes(200_000_000), 9)
    return png(8, 1, zlib.compress(bytes(9)), png_chunk(b"iCCP", profile))


def overlong_data() -> bytes:
    """A picture of eight pixels with 200 MB of pixel data."""
    return png(8, 1, zlib.compress(bytes(200_000_000), 9))


def bad_profile() -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (60, 40), "red").save(target, "PNG", icc_profile=b"not a profile" * 20)
    return target.getvalue()


def wrong_orientation() -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 99
    return picture("JPEG", (60, 40), exif=exif)


def bomb(id_: str, name: str, make, why: str) -> HostileFile:
    return HostileFile(id_, name, make, why, fate=REFUSED)


def cut(id_: str, name: str, make, keep: float) -> HostileFile:
    def shortened() -> bytes:
        whole: bytes = make()
        return whole[: int(len(whole) * keep)]

    return HostileFile(id_, name, shortened, "a picture cut short", fate=REFUSED)


def noise(pillow_format: str):
    def make() -> bytes:
        target = io.BytesIO()
        Image.effect_noise((300, 200), 60).convert("RGB").save(target, pillow_format)
        return target.getvalue()

    return make


FILES = [
    bomb(
        "webp-8k",
        "photo.webp",
        lambda: flat("WEBP", 8000, lossless=True, quality=0, method=0),
        "64 million pixels",
    ),
    bomb("png-20k", "photo.png", lambda: png_bomb(20_000), "400 million pixels in 400 KB"),
    bomb(
        "jpeg-progressive-8k",
        "photo.jpg",
        lambda: flat("JPEG", 8000, "L", progressive=True),
        "64 million pixels",
    ),
    bomb("gif-65k", "photo.gif", wide_gif, "announces 4,295 million pixels"),
    bomb("tiff-65k", "photo.tif", lambda: tiff_of(65_000, 65_000), "announces 4,225 million pixels"),
    bomb("bmp-30k", "photo.bmp", lambda: bmp_of(30_000, 30_000), "announces 900 million pixels"),
    bomb("bmp-negative", "photo.bmp", lambda: bmp_of(-5, 2_000_000_000), "a negative width"),
    bomb("png-zero", "photo.png", lambda: png(0, 0, zlib.compress(b"")), "no pixel at all"),
    bomb(
        "png-max", "photo.png", lambda: png(2**31 - 1, 2**31 - 1, b""), "the largest size that can be written"
    ),
    bomb("avif-6k", "photo.avif", lambda: flat("AVIF", 6000, speed=10, quality=1), "36 million pixels"),
    HostileFile("gif-50k-frames", "photo.gif", lambda: many_frames(50_000), "50,000 frames", preview=DRAWN),
    bomb("png-heavy-text", "photo.png", heavy_text, "a comment of 200 MB in 200 KB"),
    bomb("png-heavy-profile", "photo.png", heavy_profile, "a colour profile of 200 MB in 200 KB"),
    HostileFile(
        "png-overlong-data", "photo.png", overlong_data, "200 MB of pixels for eight", preview=EITHER
    ),
    HostileFile("png-bad-profile", "photo.png", bad_profile, "a colour profile of nonsense", preview=DRAWN),
    HostileFile(
        "jpeg-bad-orientation", "photo.jpg", wrong_orientation, "an orientation that is none", preview=DRAWN
    ),
    HostileFile(
        "png-long-line", "photo.png", lambda: picture(size=(1, 60_000)), "one pixel wide", KEPT, DRAWN
    ),
    HostileFile(
        "png-wide-line", "photo.png", lambda: picture(size=(60_000, 1)), "one pixel high", KEPT, DRAWN
    ),
    HostileFile(
        "tiff-loop",
        "photo.tif",
        lambda: tiff_of(10, 10, following=8),
        "directories in a circle",
        preview=EITHER,
    ),
    cut("jpeg-cut", "photo.jpg", noise("JPEG"), 0.5),
    cut("png-cut", "photo.png", noise("PNG"), 0.5),
    cut("gif-cut", "photo.gif", noise("GIF"), 0.3),
    cut("webp-cut", "photo.webp", noise("WEBP"), 0.5),
    cut("tiff-cut", "photo.tif", noise("TIFF"), 0.5),
    cut("avif-cut", "photo.avif", noise("AVIF"), 0.5),
    cut("png-head-only", "photo.png", noise("PNG"), 0.0004),
    HostileFile(
        "png-broken-checksum",
        "photo.png",
        lambda: picture(size=(60, 40)).replace(b"IDAT", b"IDAX", 1),
        "a chunk nobody knows in place of the pixels",
        fate=REFUSED,
    ),
]
