"""File names as paths, as headers and as something to read (RELIABILITY E7)."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.files.rules import MAX_NAME_BYTES, clean_name, extension_of

RAW_AND_CLEAN = [
    ("homepage v2 (final).png", "homepage v2 (final).png"),
    ("Résumé été.pdf", "Résumé été.pdf"),
    ("Re\u0301sume\u0301.pdf", "Résumé.pdf"),
    ("../../etc/passwd", "passwd"),
    ("..\\..\\windows\\system.ini", "system.ini"),
    ("C:\\Users\\Sarah\\logo.svg", "logo.svg"),
    ("/absolute/path.txt", "path.txt"),
    ("a.txt\r\nSet-Cookie: x=1", "a.txt Set-Cookie_ x=1"),
    ("line\nbreak.pdf", "line break.pdf"),
    ("nul\0byte.png", "nulbyte.png"),
    ("evil.html\0.png", "evil.html.png"),
    ("invoice\u202egnp.exe", "invoicegnp.exe"),
    ("\u2066isolate\u2069.txt", "isolate.txt"),
    ("zero\u200bwidth\ufeff.txt", "zerowidth.txt"),
    ("para\u2029graph.txt", "para graph.txt"),
    (".htaccess", "htaccess"),
    ("...", "file"),
    ("", "file"),
    ("   ", "file"),
    ("page.html.", "page.html"),
    ("page.html. . .", "page.html"),
    ("CON", "_CON"),
    ("con.txt", "_con.txt"),
    ("Aux.tar.gz", "_Aux.tar.gz"),
    ("COM1.png", "_COM1.png"),
    ("LPT³.pdf", "_LPT³.pdf"),
    ("console.txt", "console.txt"),
    ("a.txt::$DATA", "a.txt__$DATA"),
    ('quo"te;filename="b.exe.txt', "quo_te;filename=_b.exe.txt"),
    ("<script>.txt", "_script_.txt"),
    ("what?.txt", "what_.txt"),
    ("＝cmd|calc.csv", "＝cmd_calc.csv"),
    ("🎨 moodboard.png", "🎨 moodboard.png"),
    ("\ud800.png", "png"),
    ("a" * 300 + ".pdf", "a" * (MAX_NAME_BYTES - 4) + ".pdf"),
    ("é" * 300 + ".pdf", "é" * ((MAX_NAME_BYTES - 4) // 2) + ".pdf"),
    ("no-dot-" + "x" * 300, ("no-dot-" + "x" * 300)[:MAX_NAME_BYTES]),
]


@pytest.mark.parametrize(("raw", "clean"), RAW_AND_CLEAN)
def test_a_name_is_cleaned_of_what_it_could_do(raw, clean):
    assert clean_name(raw) == clean


@given(st.text(st.characters(codec=None, categories=None), max_size=400))
def test_any_name_becomes_one_safe_line(raw):
    name = clean_name(raw)

    assert name
    assert clean_name(name) == name
    assert len(name.encode()) <= MAX_NAME_BYTES
    assert not set(name) & set('/\\<>:"|?*')
    assert not any(unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for char in name)
    assert name == name.strip(". ")


@given(st.text(st.sampled_from('con.aux \r\n\0/\\:*?"<>|\u202e\u200b=é\u0301😀.'), max_size=260))
def test_any_mixture_of_the_worst_characters_becomes_one_safe_line(raw):
    name = clean_name(raw)

    assert clean_name(name) == name
    assert name.split(".")[0].strip().lower() not in {"con", "aux"}


@pytest.mark.parametrize(
    ("name", "extension"),
    [("A.PDF", "pdf"), ("archive.tar.gz", "gz"), ("no-dot", ""), ("photo.jpg.exe", "exe")],
)
def test_the_extension_is_what_stands_after_the_last_dot(name, extension):
    assert extension_of(name) == extension
