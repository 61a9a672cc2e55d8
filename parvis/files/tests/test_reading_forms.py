"""From the wire to a temporary file: limits are sentences, the form is read to its end (RELIABILITY E8)."""

import errno
import shutil
from pathlib import Path

import pytest
from django import forms
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import path
from django.utils.datastructures import MultiValueDict

from parvis.files import uploads
from parvis.files.forms import UploadField, UploadsField
from parvis.files.middleware import UploadMiddleware
from parvis.files.storage import KEPT_FREE_BYTES
from parvis.files.tests.factories import make_upload, picture

BOUNDARY = "a-boundary"


@pytest.fixture(autouse=True)
def small_limits(settings, tmp_path):
    settings.UPLOAD_LIMIT_BYTES = 100_000
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "incoming"
    settings.ROOT_URLCONF = __name__


def echo(request):
    return HttpResponse(str({name: len(upload.read()) for name, upload in request.FILES.items()}))


urlpatterns = [path("echo/", echo)]


def part(name, content, filename="a.bin", extra=""):
    disposition = f'Content-Disposition: form-data; name="{name}"; filename="{filename}"'
    return f"--{BOUNDARY}\r\n{disposition}\r\n{extra}\r\n".encode() + content + b"\r\n"


def field(name, value):
    return f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()


END = f"--{BOUNDARY}--\r\n".encode()


def posted(*parts, end=END, actor="somebody", **extra):
    """What the middleware makes of this form: None when it may pass, or its answer."""
    request = RequestFactory().post(
        "/echo/", b"".join(parts) + end, content_type=f"multipart/form-data; boundary={BOUNDARY}", **extra
    )
    request.actor = actor
    return request, UploadMiddleware(echo).process_view(request, echo, (), {})


def test_a_form_with_files_passes_and_its_files_are_on_the_disk():
    request, answer = posted(field("note", "hello"), part("file", b"x" * 5000))

    assert answer is None
    assert request.POST["note"] == "hello"
    assert isinstance(request.FILES["file"], TemporaryUploadedFile)
    assert request.FILES["file"].size == 5000


def test_a_file_over_the_limit_is_refused_after_the_whole_form_was_read(settings):
    request, answer = posted(part("file", b"x" * 150_000), field("note", "hello"))

    assert answer.status_code == 413
    assert "too large" in answer.content.decode()
    assert "hello</textarea>" in answer.content.decode()  # what was typed beside it is given back
    assert request.read(1) == b""
    assert not list(Path(settings.FILE_UPLOAD_TEMP_DIR).iterdir())


def test_an_announced_length_over_the_limit_is_refused_without_writing_anything(settings):
    _request, answer = posted(*[part(f"file{number}", b"x" * 90_000) for number in range(3)])

    assert answer.status_code == 413
    assert "too much for one upload" in answer.content.decode()
    assert not Path(settings.FILE_UPLOAD_TEMP_DIR).exists()


def test_what_was_typed_beside_far_too_much_is_given_back(settings):
    """In whatever order the form sends it, up to four times the largest file."""
    _request, answer = posted(*[part(f"file{n}", b"x" * 90_000) for n in range(3)], field("note", "hello"))

    assert answer.status_code == 413
    assert "hello</textarea>" in answer.content.decode()
    assert not Path(settings.FILE_UPLOAD_TEMP_DIR).exists()


def test_beyond_that_the_words_above_the_files_are_given_back():
    parts = [field("title", "Logo"), *[part(f"file{n}", b"x" * 90_000) for n in range(9)], field("note", "x")]
    request, answer = posted(*parts)

    assert answer.status_code == 413
    assert "Logo</textarea>" in answer.content.decode()
    assert not request.FILES


@pytest.mark.parametrize(
    "parts", [[part(f"f{n}", b"x") for n in range(1000)], [field(f"f{n}", "x") for n in range(1000)]]
)
def test_a_thousand_parts_are_refused_in_words(parts):
    _request, answer = posted(*parts)

    assert answer.status_code == 413
    assert "too much for one upload" in answer.content.decode()


@pytest.mark.parametrize(
    ("parts", "end"),
    [
        ([part("file", b"x" * 200)], b""),
        ([b"--" + BOUNDARY.encode() + b"\r\nnonsense"], b""),
        (
            [part("file", b"!!!!!", extra="Content-Transfer-Encoding: base64\r\n")],
            f"--{BOUNDARY}--\r\n".encode(),
        ),
    ],
)
def test_a_form_cut_short_or_malformed_never_breaks_the_reader(parts, end):
    _request, answer = posted(*parts, end=end)

    assert answer is None or answer.status_code in {400, 413}


def test_a_full_disk_while_reading_the_form_is_a_sentence(monkeypatch):
    # Stands in for the disk: the only way to fill one on every machine.
    def no_room(self, raw_data, start):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(uploads.StreamedUploadHandler, "receive_data_chunk", no_room)

    _request, answer = posted(part("file", b"x" * 5000))

    assert answer.status_code == 507
    assert "no room left" in answer.content.decode()


def test_a_disk_that_would_be_too_full_for_the_database_takes_no_more_of_a_form(monkeypatch, settings):
    """E8: asked while the bytes come, not after they have filled it."""
    room = shutil.disk_usage("/")._replace(free=KEPT_FREE_BYTES + 4000)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: room)

    _request, answer = posted(part("file", b"x" * 5000))

    assert answer.status_code == 507
    assert not list(Path(settings.FILE_UPLOAD_TEMP_DIR).iterdir())
    assert posted(part("file", b"x" * 3000))[1] is None


def test_a_file_from_somebody_nobody_knows_never_reaches_the_disk(settings):
    """E8: what was typed beside it is given back on the way in."""
    request, answer = posted(part("file", b"x" * 5000), field("note", "hello"), actor=None)

    assert answer is None
    assert (request.POST["note"], len(request.FILES)) == ("hello", 0)
    assert not Path(settings.FILE_UPLOAD_TEMP_DIR).exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "headers", "status"),
    [
        ("/healthz", {}, 405),
        ("/account/login/", {}, 200),
        ("/settings/look/", {}, 302),
        ("/api/v1/workspace/look", {}, 401),
        ("/api/v1/workspace/look", {"Authorization": "Bearer parvis_x"}, 401),
    ],
)
def test_wherever_a_stranger_sends_a_file_nothing_is_written(client, address, headers, status, settings):
    """E8; and all of it is read: whoever is still sending hears the answer."""
    settings.ROOT_URLCONF = "parvis.config.urls"

    answer = client.post(address, {"file": make_upload("a.txt", b"x" * 50_000)}, headers=headers)

    assert answer.status_code == status
    assert answer.wsgi_request.read() == b""
    assert not Path(settings.FILE_UPLOAD_TEMP_DIR).exists()


def test_other_forms_are_not_touched():
    request = RequestFactory().post("/echo/", b"x" * 500_000, content_type="application/octet-stream")

    assert UploadMiddleware(echo).process_view(request, echo, (), {}) is None


class OneFile(forms.Form):
    file = UploadField()


class ManyFiles(forms.Form):
    parts = UploadsField(required=False)


@pytest.mark.parametrize(
    ("upload", "words"),
    [
        (make_upload("a.exe", b"MZ"), "Programs and scripts"),
        (make_upload("a.png", b"<html>"), "not what its name says"),
        (make_upload("a.txt", b"x" * 100_001), "too large"),
        (make_upload("a.txt", b""), "empty"),
    ],
)
def test_a_refusal_stands_beside_the_field_so_that_typed_text_is_kept(upload, words):
    form = OneFile(data={}, files={"file": upload})

    assert not form.is_valid()
    assert words in str(form.errors["file"])


def test_a_good_upload_passes_the_field_unread():
    form = OneFile(data={}, files={"file": make_upload("a.png", picture())})

    assert form.is_valid()
    assert form.cleaned_data["file"].tell() == 0


def test_several_files_in_one_field_are_a_list_and_none_is_an_empty_one():
    uploads = [make_upload("a.png", picture()), make_upload("b.txt", b"words")]

    both = ManyFiles(data={}, files=MultiValueDict({"parts": uploads}))
    none = ManyFiles(data={}, files={})

    assert both.is_valid()
    assert both.cleaned_data["parts"] == uploads
    assert none.is_valid()
    assert none.cleaned_data["parts"] == []
