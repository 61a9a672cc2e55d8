"""Letters in the reader's language and time zone, light and dark, with pictures off (DESIGN 9)."""

import copy
from pathlib import Path

import pytest

from parvis.mail.composing import MAX_HTML_BYTES
from parvis.mail.look import Look, look_of
from parvis.mail.rendering import render_mail
from parvis.mail.tests.factories import AT
from parvis.ui.theme import contrast
from parvis.workspaces.models import Branding, Workspace


@pytest.fixture(autouse=True)
def templates(settings):
    changed = copy.deepcopy(settings.TEMPLATES)
    changed[0]["DIRS"] = [Path(__file__).parent / "templates"]
    settings.TEMPLATES = changed


def rendered(base="mailtests/review", language="en", zone="Europe/Paris", **more):
    context = {
        "look": Look("Atelier Nord"),
        "title": "Home page, version 3",
        "preheader": "Your approval by Thursday",
        "name": "Sarah & <Mark>",
        "moment": AT,
        "button_url": "https://nord.example/r/abc?a=1&b=2",
        "button_label": "Review and approve",
        "picture_url": "cid:preview",
        "picture_alt": "Preview of the home page",
        "reason": "You get this because you follow the project Website.",
        "preferences_url": "https://nord.example/messages",
    }
    return render_mail(base, {**context, **more}, language, zone)


@pytest.mark.parametrize("language", ["fr", "en", "es", "pt"])
def test_a_letter_is_light_enough_for_every_reader_and_names_its_language(language):
    subject, html, text = rendered(language=language)
    assert len(html.encode()) < MAX_HTML_BYTES
    assert f'lang="{language}"' in html
    assert subject and text


@pytest.mark.parametrize(("zone", "hour"), [("Europe/Paris", "10:00"), ("America/Bogota", "04:00")])
def test_times_are_those_of_the_reader(zone, hour):
    _subject, html, text = rendered(zone=zone)
    assert f", {hour}" in html
    assert f", {hour}" in text


def test_what_people_wrote_is_escaped_in_html_and_plain_in_text():
    subject, html, text = rendered()
    assert subject == "Home page, version 3 & co"
    assert "Sarah &amp; &lt;Mark&gt;" in html
    assert "Sarah & <Mark>" in text


def test_the_text_version_holds_everything_one_needs():
    _subject, _html, text = rendered()
    for line in (
        "Atelier Nord",
        "Home page, version 3",
        "Review and approve",
        "https://nord.example/r/abc?a=1&b=2",
    ):
        assert line in text
    assert "\n\n\n" not in text


def test_styles_are_inlined_and_only_the_dark_rule_stays_in_the_head():
    _subject, html, _text = rendered()
    assert html.count("<style") == 1
    assert "prefers-color-scheme: dark" in html.replace(
        "prefers-color-scheme:dark", "prefers-color-scheme: dark"
    )
    assert 'class="button" bgcolor="#2f5d50"' in html
    assert "background:#2f5d50" in html


def test_a_letter_without_pictures_says_what_they_would_show():
    _subject, html, _text = rendered()
    assert 'alt="Preview of the home page"' in html
    assert "<img" not in rendered(picture_url="")[1]


def test_a_digest_lists_ten_rows_at_most():
    rows = [{"url": f"https://nord.example/{n}", "title": f"Row {n}", "detail": "new"} for n in range(14)]
    _subject, html, text = rendered("mailtests/digest", rows=rows, more="And 4 more.")
    assert html.count('class="row"') == text.count("* Row") == 10
    assert "And 4 more." in html
    assert "And 4 more." in text


@pytest.mark.django_db
@pytest.mark.parametrize("colour", ["#2f5d50", "#ffe600", "#000000", "#ffffff", "#808080", "#ff00ff"])
def test_the_button_can_be_read_on_every_colour_of_an_agency(colour):
    workspace = Workspace.objects.create(slug="nord", name="Atelier Nord", created_at=AT)
    Branding.objects.create(workspace=workspace, colour=colour)
    look = look_of(workspace)
    assert contrast(look.ink, look.colour) >= 4.5
    assert contrast(look.dark_ink, look.dark_colour) >= 4.5
