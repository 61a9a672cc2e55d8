"""Text that people wrote shows what they meant and runs nothing (RELIABILITY S9)."""

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from parvis.ui.text import markdown, percent, plain


def test_marks_become_elements():
    drawn = markdown("**Bien**, mais :\n\n- le titre\n- `panier`")

    assert "<strong>Bien</strong>" in drawn
    assert "<li>le titre</li>" in drawn
    assert "<code>panier</code>" in drawn


def test_a_line_break_is_kept():
    assert "<br>" in markdown("une ligne\nune autre")


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        '<a href="https://example.com" onclick="alert(1)">x</a>',
        "![x](https://example.com/pixel.gif)",
        "<svg/onload=alert(1)>",
        "[x](vbscript:x)",
    ],
)
def test_nothing_a_writer_types_becomes_code_or_a_foreign_picture(hostile):
    drawn = markdown(hostile)

    for sign in ("<script", "<img", "<svg", 'href="javascript', 'href="data', 'href="vbscript', 'onclick="'):
        assert sign not in drawn.replace("&lt;", "").lower() or "&lt;" in drawn


def test_links_do_not_tell_where_they_came_from():
    assert 'rel="noopener noreferrer nofollow"' in markdown("[le site](https://example.com)")


@given(st.text())
def test_any_text_is_drawn_with_the_listed_elements_only(written):
    drawn = markdown(written)

    for opening in drawn.split("<")[1:]:
        name = opening.lstrip("/").split(">")[0].split(" ")[0]
        assert name in {"p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "code", "pre", "a", "hr"}


def test_the_first_words_end_at_a_word():
    assert plain("**Bonjour** Camille, voici la page", 20) == "Bonjour Camille…"
    assert plain("Court", 20) == "Court"


@pytest.mark.parametrize("language", ["fr", "en", "es", "pt"])
def test_a_percentage_has_one_sign_in_every_language(language):
    """Its sentence adds none: the filter writes the number with it, as each language does (A-25)."""
    with translation.override(language):
        for sentence in ("%(percent)s done", "%(percent)s of the record is filled in."):
            assert (translation.gettext(sentence) % {"percent": percent(75)}).count("%") == 1
