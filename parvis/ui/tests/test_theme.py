"""Every agency's colour is readable everywhere (DESIGN 2, Brand; WCAG 1.4.3)."""

import re
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st

from parvis import ui
from parvis.ui.theme import DARK, LIGHT, Oklch, Theme, adjusted, contrast, theme_css, theme_hash

CSS = Path(ui.__file__).parent / "static/ui/css"


def all_pairs(theme: Theme) -> list[tuple[str, str]]:
    """Every text colour with each ground it may stand on, in both schemes."""
    pairs = []
    for scheme, grounds in ((theme.light, LIGHT), (theme.dark, DARK)):
        pairs += [(scheme.ink, ground) for ground in (*grounds.all(), scheme.soft)]
        pairs += [(scheme.on_brand, scheme.brand), (scheme.on_brand, scheme.hover)]
    return pairs


colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@given(colours)
@example("#ffffff")
@example("#000000")
@example("#ffff00")
@example("#0000ff")
@example("#777777")
@example("#00ff00")
def test_any_colour_becomes_text_and_buttons_one_can_read(colour):
    for ink, ground in all_pairs(Theme.of(colour)):
        assert contrast(ink, ground) >= 4.5, (colour, ink, ground)


@given(colours)
def test_a_filled_button_never_melts_into_the_page(colour):
    theme = Theme.of(colour)

    assert contrast(theme.light.brand, LIGHT.canvas) >= 1.35
    assert contrast(theme.dark.brand, DARK.canvas) >= 1.35


def test_a_readable_colour_is_kept_as_it_is():
    assert Theme.of("#2F5D50").light.brand == "#2f5d50"
    assert not adjusted("#2F5D50")


def test_an_unreadable_colour_moves_and_the_team_is_told():
    assert adjusted("#fffde8")


def test_the_hue_of_a_colour_that_moved_stays():
    before, after = Oklch.of("#ffe680"), Oklch.of(Theme.of("#ffe680").light.ink)

    assert abs(before.hue - after.hue) < 0.1


def test_the_style_sheet_sets_the_six_tokens_for_both_schemes():
    sheet = theme_css("#2f5d50")

    assert re.findall(r"--[\w-]+(?=: light-dark\(#)", sheet) == [
        "--brand",
        "--brand-hover",
        "--on-brand",
        "--brand-soft",
        "--brand-line",
        "--brand-ink",
    ]


def test_an_accent_colours_what_is_not_a_filled_button():
    plain, accented = theme_css("#2f5d50"), theme_css("#2f5d50", "#8a2be2")

    assert plain.splitlines()[1] == accented.splitlines()[1]
    assert plain.splitlines()[6] != accented.splitlines()[6]
    assert theme_hash("#2f5d50") != theme_hash("#2f5d50", "#8a2be2")


def tokens() -> dict[str, tuple[str, str]]:
    text = (CSS / "tokens.css").read_text()
    root = text[: text.index(".agency {")]
    return {
        name: (light, dark)
        for name, light, dark in re.findall(r"--([\w-]+): light-dark\((#\w+), (#\w+)\)", root)
    }


def test_the_theme_knows_the_grounds_of_the_tokens():
    found = tokens()

    for index, grounds in enumerate((LIGHT, DARK)):
        assert found["canvas"][index] == grounds.canvas
        assert found["surface"][index] == grounds.surface
        assert found["sunken"][index] == grounds.sunken


def test_every_ink_reads_on_every_ground_it_stands_on():
    found = tokens()
    grounds = ("canvas", "surface", "sunken")
    pairs = [(ink, ground) for ink in ("ink", "ink-2", "ink-3") for ground in grounds]
    pairs += [(family, ground) for family in ("wait", "work", "review", "done", "stop") for ground in grounds]
    pairs += [(family, f"{family}-soft") for family in ("wait", "work", "review", "done", "stop")]
    pairs += [("ink", f"{family}-soft") for family in ("wait", "work", "review", "done", "stop", "mute")]
    pairs += [("ink-2", "mute-soft"), ("brand-ink", "surface"), ("on-brand", "brand")]

    weak = [
        (ink, ground, index, round(contrast(found[ink][index], found[ground][index]), 2))
        for ink, ground in pairs
        for index in (0, 1)
        if contrast(found[ink][index], found[ground][index]) < 4.5
    ]

    assert weak == []


def test_the_border_of_a_field_is_seen_on_every_ground():
    found = tokens()

    for index in (0, 1):
        for ground in ("canvas", "surface", "sunken"):
            assert contrast(found["line-strong"][index], found[ground][index]) >= 3
