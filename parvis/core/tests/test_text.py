"""Names and subjects are one clean line (threat F1); handles and initials come from names."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.core.text import abbreviated, clean_line, folded, handle, initials


@pytest.mark.parametrize(
    ("typed", "clean"),
    [
        ("Hello\r\nBcc: all@example.org", "Hello Bcc: all@example.org"),
        ("  Refonte\tSite \u2028 Web ", "Refonte Site Web"),
        ("a\x85b\x00c", "a b c"),
        ("report\u202efdp.exe", "reportfdp.exe"),
        ("👩\u200d🎨 Zoé", "👩\u200d🎨 Zoé"),  # the joiner belongs to the picture
    ],
)
def test_a_line_keeps_its_words_and_loses_its_breaks(typed, clean):
    assert clean_line(typed) == clean


@given(st.text())
def test_no_control_survives_and_cleaning_twice_changes_nothing(text):
    clean = clean_line(text)
    assert not [sign for sign in clean if unicodedata.category(sign) in {"Cc", "Zl", "Zp", "Cs"}]
    assert clean_line(clean) == clean
    clean.encode()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Sarah Lefèvre", "sarah-lefevre"),
        ("Jean-Luc", "jean-luc"),
        ("  Ægir O'Neil ", "ægir-o-neil"),
        ("李 雷", "李-雷"),
        ("!", ""),
    ],
)
def test_a_handle_can_be_typed(name, expected):
    assert handle(name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Sarah Lefèvre", "SL"), ("Sarah de la Tour", "ST"), ("alex", "A"), ("ß", "S"), ("", "?"), ("…", "?")],
)
def test_initials_are_one_or_two_capitals(name, expected):
    assert initials(name) == expected


@given(st.text())
def test_initials_always_show_something(name):
    assert 1 <= len(initials(name)) <= 2


@pytest.mark.parametrize(
    ("written", "looked_for"),
    [
        ("Cœur de l’ÉTÉ", "coeur de l'ete"),
        ("Straße", "strasse"),
        ("Åse Bjørn Łódź", "ase bjorn lodz"),
        ("İstanbul ılık", "istanbul ilik"),
        ("São João, Ñandú", "sao joao, nandu"),
        ("МОСКВА Ελλάς", "москва ελλας"),
    ],
)
def test_folded_is_what_one_types_in_a_hurry(written, looked_for):
    assert folded(written) == folded(looked_for)
    assert folded(written.upper()) == folded(looked_for.upper())


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert folded(folded(text)) == folded(text)


@given(st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=0x17F)))
def test_capitals_fold_like_small_letters(text):
    assert folded(text.upper()) == folded(text.lower())


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("0123456789", "0123456789"),
        ("0123456789a", "012345…89a"),
        ("a very long page v12", "a very…v12"),
    ],
)
def test_a_long_text_keeps_its_beginning_and_its_end(text, short):
    assert abbreviated(text, 10) == short


@given(st.text(), st.integers(1, 50))
def test_an_abbreviation_is_never_longer_than_asked(text, length):
    assert len(abbreviated(text, length)) <= length
