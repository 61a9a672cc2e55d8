"""Page pictures (RELIABILITY E3, E5)."""

import io
from datetime import timedelta

import pytest
from django_tasks_db.models import DBTaskResult
from PIL import Image

from parvis.files.due import due, make_waiting_previews
from parvis.files.models import FilePage, PreviewFailure, PreviewState, StoredFile
from parvis.files.previews import LEASE, draw_previews
from parvis.files.storage import storage
from parvis.files.tasks import make_previews
from parvis.files.tests.factories import AT, make_stored_file, pdf, picture

pytestmark = pytest.mark.django_db


def drawn(page, size="large"):
    with storage().open(page.key(size)) as handle:
        return Image.open(io.BytesIO(handle.read()))


def test_a_picture_gets_one_page_in_two_sizes():
    file = make_stored_file(content=picture(size=(3200, 1000)))

    assert make_waiting_previews(AT) == 1

    file.refresh_from_db()
    page = file.pages.get()
    assert (file.preview_state, file.page_count) == (PreviewState.READY, 1)
    assert (page.width, page.height) == (1600, 500)
    assert (drawn(page).size, drawn(page, "small").size) == ((1600, 500), (800, 250))
    assert drawn(page).format == "WEBP"


def test_a_small_picture_is_not_blown_up():
    file = make_stored_file(content=picture(size=(300, 200)))

    make_waiting_previews(AT)

    assert drawn(file.pages.get()).size == (300, 200)


def test_what_the_camera_wrote_is_left_behind_and_the_picture_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # turn by 90°
    exif[0x010E] = "taken at home, 48.85 N"
    file = make_stored_file("photo.jpg", picture("JPEG", (400, 200), exif=exif))

    make_waiting_previews(AT)

    page = drawn(file.pages.get())
    assert page.size == (200, 400)
    assert not dict(page.getexif())
    assert b"taken at home" not in storage().open(file.pages.get().key_large).read()


@pytest.mark.parametrize(
    ("mode", "pillow_format"),
    [
        ("L", "PNG"),
        ("LA", "PNG"),
        ("P", "GIF"),
        ("CMYK", "TIFF"),
        ("I;16", "PNG"),
        ("1", "PNG"),
        ("RGBA", "WEBP"),
    ],
)
def test_every_way_of_writing_colours_can_be_drawn(mode, pillow_format):
    target = io.BytesIO()
    Image.new(mode, (50, 40)).save(target, pillow_format)
    file = make_stored_file(f"picture.{pillow_format.lower()}", target.getvalue())

    assert make_waiting_previews(AT) == 1
    assert drawn(file.pages.get()).size == (50, 40)


def test_an_animation_shows_its_first_frame():
    target = io.BytesIO()
    frames = [Image.new("RGB", (60, 40), colour) for colour in ("red", "blue", "green")]
    frames[0].save(target, "GIF", save_all=True, append_images=frames[1:])
    file = make_stored_file("banner.gif", target.getvalue())

    make_waiting_previews(AT)

    red, _green, blue = drawn(file.pages.get()).convert("RGB").getpixel((5, 5))
    assert red > 200 > blue


def test_each_page_of_a_pdf_becomes_a_picture():
    file = make_stored_file("brief.pdf", pdf(3))

    make_waiting_previews(AT)

    file.refresh_from_db()
    assert file.page_count == 3
    assert [page.number for page in file.pages.all()] == [1, 2, 3]
    assert drawn(file.pages.all()[0]).size == (1600, 2264)


def test_a_long_pdf_shows_its_first_sixty_pages_and_says_how_many_it_has():
    file = make_stored_file("book.pdf", pdf(75, size=(60, 60)))

    make_waiting_previews(AT)

    file.refresh_from_db()
    assert (file.page_count, file.pages.count()) == (75, 60)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (pdf(1)[:200], PreviewFailure.BROKEN),
        (b"%PDF-1.7\nnothing", PreviewFailure.BROKEN),
        (
            pdf(
                objects=[f"<< /Filter /Standard /V 1 /R 2 /P -1 /O <{'11' * 32}> /U <{'22' * 32}> >>"],
                trailer="/Encrypt 4 0 R /ID [<00> <00>]",
            ),
            PreviewFailure.ENCRYPTED,
        ),
    ],
)
def test_what_cannot_be_drawn_says_why_and_is_still_there_to_download(content, reason):
    file = make_stored_file("brief.pdf", content)

    assert make_waiting_previews(AT) == 0

    file.refresh_from_db()
    assert (file.preview_state, file.preview_failure) == (PreviewState.FAILED, reason)
    assert file.is_ready
    assert make_waiting_previews(AT + LEASE) == 0


def test_a_lost_task_loses_nothing():
    file = make_stored_file("a.png")
    make_stored_file("notes.txt", b"no preview wanted")
    DBTaskResult.objects.all().delete()

    def asked_for(minutes):
        return due(AT + timedelta(minutes=minutes))["previews_asked_for"]

    assert asked_for(4) == 0  # its own task may still be waiting
    assert asked_for(5) == 1
    assert asked_for(6) == 0

    task = DBTaskResult.objects.get()
    assert task.task_path == "parvis.files.tasks.make_previews"
    assert make_previews.call(*task.args_kwargs["args"])
    assert file.pages.exists()


def test_an_upload_asks_for_its_preview_at_once(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        file = make_stored_file("a.png")

    assert DBTaskResult.objects.get().args_kwargs["args"] == [str(file.pk)]


def test_two_workers_do_not_draw_the_same_file():
    file = make_stored_file()
    StoredFile.objects.update(preview_lease_until=AT + timedelta(seconds=5))

    assert not draw_previews(file.pk, at=AT)
    assert draw_previews(file.pk, at=AT + timedelta(seconds=6))
    assert not draw_previews(file.pk, at=AT + timedelta(hours=1))
    assert FilePage.objects.count() == 1


def test_a_file_that_ended_three_workers_is_not_given_to_a_fourth():
    file = make_stored_file()
    StoredFile.objects.update(preview_attempts=3)

    assert not draw_previews(file.pk, at=AT)

    file.refresh_from_db()
    assert (file.preview_state, file.preview_failure) == (PreviewState.FAILED, PreviewFailure.TOO_HEAVY)


def test_missing_bytes_are_a_failed_preview_and_not_an_error():
    file = make_stored_file()
    storage().delete(file.storage_key)

    assert make_waiting_previews(AT) == 0

    file.refresh_from_db()
    assert file.preview_failure == PreviewFailure.MISSING
