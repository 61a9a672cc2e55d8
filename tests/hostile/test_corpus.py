"""Every file of the corpus through upload, preview and download (RELIABILITY E1 to E7, S9)."""

import time

import pytest
from django.test import RequestFactory

from parvis.core.errors import DomainError
from parvis.files.models import PreviewState, StorageUse, StoredFile
from parvis.files.previews import draw_previews
from parvis.files.serving import POLICY, send, send_page
from parvis.files.tests.factories import AT, make_stored_file
from tests.hostile.corpus import CORPUS
from tests.hostile.corpus.kinds import EITHER, KEPT, REFUSED

HEAVY_SECONDS = 60  # generous: the machine may be busy; the drawing process itself is limited
SERVED_TYPES_A_BROWSER_RUNS = ("html", "svg", "xml", "script", "css", "flash", "pdf;", "multipart")


HEAVY = {"pdf-heavy-content", "pdf-circle-of-forms", "pdf-doubling-forms", "pdf-tree-ring", "avif-6k"}


def of_fate(fate):
    return [
        pytest.param(hostile, id=hostile.id, marks=[pytest.mark.full] if hostile.id in HEAVY else [])
        for hostile in CORPUS
        if hostile.fate == fate
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("hostile", of_fate(REFUSED))
def test_refused_at_upload_and_nothing_stays(hostile, files_folder):
    content = hostile.content  # made before the clock starts
    started = time.monotonic()

    with pytest.raises(DomainError):
        make_stored_file(hostile.name, content)

    assert time.monotonic() - started < HEAVY_SECONDS
    assert not StoredFile.objects.exists()
    assert not StorageUse.objects.filter(used_bytes__gt=0).exists()
    assert not [path for path in files_folder.rglob("*") if path.is_file()]


@pytest.mark.full
@pytest.mark.django_db
@pytest.mark.parametrize("hostile", of_fate(KEPT))
def test_kept_as_inert_bytes_and_drawn_or_not(hostile):
    file = make_stored_file(hostile.name, hostile.content)
    started = time.monotonic()
    if file.preview_state == PreviewState.WAITING:
        draw_previews(file.pk, at=AT)
    seconds = time.monotonic() - started

    file.refresh_from_db()
    expected = {PreviewState.READY, PreviewState.FAILED} if hostile.preview == EITHER else {hostile.preview}
    assert file.preview_state in expected, file.preview_failure
    assert bool(file.preview_failure) == (file.preview_state == PreviewState.FAILED)
    assert seconds < HEAVY_SECONDS * 2

    download = send(file, RequestFactory().get("/"), inline=True)
    assert b"".join(download.streaming_content) == hostile.content
    assert download["X-Content-Type-Options"] == "nosniff"
    assert download["Content-Security-Policy"] == POLICY
    assert not any(word in download["Content-Type"] for word in SERVED_TYPES_A_BROWSER_RUNS if word != "xml")
    assert "svg" not in download["Content-Type"]
    assert download["Content-Disposition"].isascii()
    assert not set(download["Content-Disposition"]) & set("\r\n\0")
    if not file.type.plays_inline:
        assert download["Content-Disposition"].startswith("attachment")

    for page in file.pages.all():
        picture = b"".join(send_page(page, "large").streaming_content)
        assert picture[8:12] == b"WEBP"
        assert b"<script" not in picture
        assert b"PK\x03\x04" not in picture


def test_the_corpus_is_large_and_each_file_has_its_line_in_the_readme(request):
    readme = (request.path.parent / "README.md").read_text()

    assert len(CORPUS) >= 220
    assert [hostile.id for hostile in CORPUS if f"| {hostile.id} |" not in readme] == []
