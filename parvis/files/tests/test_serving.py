"""Handing a file over: headers to the letter, ranges, page pictures (RELIABILITY E1, E7)."""

import pytest
from django.test import RequestFactory

from parvis.files.due import make_waiting_previews
from parvis.files.errors import FileUnavailable
from parvis.files.models import FileState, PageSize
from parvis.files.serving import send, send_page
from parvis.files.storage import storage
from parvis.files.tests.factories import AT, make_stored_file

pytestmark = pytest.mark.django_db

LOCKED = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def get(**headers):
    return RequestFactory().get("/", headers={key.replace("_", "-"): value for key, value in headers.items()})


def body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_a_download_is_an_attachment_in_which_nothing_can_run():
    file = make_stored_file("page.html", b"<script>alert(1)</script>")

    response = send(file, get())

    assert response.status_code == 200
    assert body(response) == b"<script>alert(1)</script>"
    assert dict(response.items()) == LOCKED | {
        "Content-Type": "application/octet-stream",
        "Content-Disposition": 'attachment; filename="page.html"',
        "Content-Length": "25",
        "Cache-Control": "private, no-store",
        "Accept-Ranges": "bytes",
        "ETag": f'"{file.sha256[:32]}"',
    }


@pytest.mark.parametrize("name", ["page.html", "logo.svg", "brief.pdf", "notes.txt", "data.xml"])
def test_inline_is_for_sound_and_film_alone(name):
    content = b"%PDF-1.7" if name.endswith("pdf") else b"<svg/>"

    response = send(make_stored_file(name, content), get(), inline=True)

    assert response["Content-Disposition"].startswith("attachment")


def test_a_film_plays_in_the_page():
    response = send(make_stored_file("film.mp4", b"\0\0\0\x20ftypisom"), get(), inline=True)

    assert response["Content-Disposition"] == 'inline; filename="film.mp4"'
    assert response["Content-Type"] == "video/mp4"
    assert response["Content-Security-Policy"] == LOCKED["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("name", "disposition"),
    [
        ("Résumé été.txt", "attachment; filename*=utf-8''R%C3%A9sum%C3%A9%20%C3%A9t%C3%A9.txt"),
        ('a"b.txt', 'attachment; filename="a_b.txt"'),
        ("a\r\nX-Evil: 1.txt", 'attachment; filename="a X-Evil_ 1.txt"'),
        ("invoice\u202egnp.txt", 'attachment; filename="invoicegnp.txt"'),
        ("back\\slash.txt", 'attachment; filename="slash.txt"'),
    ],
)
def test_the_name_stays_one_clean_header_line(name, disposition):
    assert send(make_stored_file(name, b"x"), get())["Content-Disposition"] == disposition


@pytest.mark.parametrize(
    ("wanted", "status", "content", "described"),
    [
        ("bytes=0-3", 206, b"0123", "bytes 0-3/10"),
        ("bytes=4-", 206, b"456789", "bytes 4-9/10"),
        ("bytes=-2", 206, b"89", "bytes 8-9/10"),
        ("bytes=0-", 206, b"0123456789", "bytes 0-9/10"),
        ("bytes=8-99", 206, b"89", "bytes 8-9/10"),
        ("bytes=-99", 206, b"0123456789", "bytes 0-9/10"),
        ("bytes=10-", 416, b"", "bytes */10"),
        ("bytes=-0", 416, b"", "bytes */10"),
        ("bytes=5-2", 200, b"0123456789", None),
        ("bytes=0-1,4-5", 200, b"0123456789", None),
        ("lines=1-2", 200, b"0123456789", None),
        ("bytes=-", 200, b"0123456789", None),
    ],
)
def test_a_broken_download_goes_on_where_it_stopped(wanted, status, content, described):
    file = make_stored_file("digits.txt", b"0123456789")

    response = send(file, get(Range=wanted))

    assert (response.status_code, body(response), response.get("Content-Range")) == (
        status,
        content,
        described,
    )
    assert response["Content-Security-Policy"] == LOCKED["Content-Security-Policy"]


def test_a_range_of_another_version_answers_the_whole_file():
    file = make_stored_file("digits.txt", b"0123456789")

    assert body(send(file, get(Range="bytes=4-", If_Range=f'"{file.sha256[:32]}"'))) == b"456789"
    assert body(send(file, get(Range="bytes=4-", If_Range='"other"'))) == b"0123456789"


def test_a_proxy_in_front_sends_the_bytes(settings):
    settings.ACCEL_PREFIX = "/protected"
    file = make_stored_file("notes.txt", b"words")

    response = send(file, get())

    assert body(response) == b""
    assert response["X-Accel-Redirect"] == f"/protected/{file.storage_key[:2]}/{file.storage_key}"
    assert response["Content-Disposition"] == 'attachment; filename="notes.txt"'
    assert response["Content-Security-Policy"] == LOCKED["Content-Security-Policy"]


@pytest.mark.parametrize("size", PageSize)
def test_a_page_is_a_picture_inline(size):
    file = make_stored_file()
    make_waiting_previews(AT)
    page = file.pages.get()

    response = send_page(page, size, get())

    assert body(response)[8:12] == b"WEBP"
    assert response["Content-Type"] == "image/webp"
    assert response["Content-Disposition"] == "inline"
    assert response["Cache-Control"] == "private, no-cache"
    assert response.items() >= LOCKED.items()


def test_an_unchanged_page_is_not_sent_again():
    file = make_stored_file()
    make_waiting_previews(AT)
    page = file.pages.get()
    etag = send_page(page, "small")["ETag"]

    assert send_page(page, "small", get(If_None_Match=etag)).status_code == 304
    assert send_page(page, "large", get(If_None_Match=etag)).status_code == 200


def test_what_is_not_whole_is_not_handed_out():
    pending, lost = make_stored_file("a.txt", b"a"), make_stored_file("b.txt", b"b")
    pending.state = FileState.PENDING
    storage().delete(lost.storage_key)

    for file in (pending, lost):
        with pytest.raises(FileUnavailable):
            send(file, get())
