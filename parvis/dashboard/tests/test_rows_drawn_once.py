"""Rows that are drawn once: for the same value the same, for another value never (G5 of performance.md)."""

from dataclasses import replace
from uuid import UUID

import pytest
from django.utils import translation

from parvis.core.money import Money
from parvis.dashboard.pages.clients import ClientLine
from parvis.ui.fragments import KEPT, _drawn, fragment

ROW = "dashboard/_client_row.html"
LINE = ClientLine(
    pk=UUID(int=7),
    name="Acme",
    colour=3,
    state="active",
    label="Active",
    family="done",
    main_name="Sarah",
    main_email="sarah@acme.test",
    running=2,
    values=(Money(12_300, "EUR"),),
    active="yesterday",
)


def test_a_row_is_drawn_once_for_whoever_sees_the_same_in_it():
    assert fragment(ROW, LINE) is fragment(ROW, replace(LINE))


@pytest.mark.parametrize(
    ("change", "shown"),
    [
        ({"name": "Borealis"}, "Borealis"),
        ({"running": 3}, ">3<"),
        ({"main_name": "", "main_email": ""}, "none yet"),
        ({"active": "today"}, "today"),
        ({"values": ()}, "–"),
        ({"pk": UUID(int=8)}, str(UUID(int=8))),
    ],
)
def test_whatever_changes_is_drawn_anew(change, shown):
    assert shown not in fragment(ROW, LINE)
    assert shown in fragment(ROW, replace(LINE, **change))


def test_who_may_not_see_amounts_is_never_given_a_row_with_them():
    """G2-24a: rights are part of the value, in whatever order people come."""
    assert "123" in fragment(ROW, LINE)
    assert "123" not in fragment(ROW, replace(LINE, values=None))
    assert "123" in fragment(ROW, LINE)


def test_every_language_has_its_own():
    english = fragment(ROW, LINE)
    with translation.override("fr"):
        assert "Écrire à Sarah" in fragment(ROW, LINE)
    assert fragment(ROW, LINE) == english


def test_what_people_typed_is_escaped():
    assert "<b>" not in fragment(ROW, replace(LINE, name="<b>Acme</b>"))


def test_memory_is_bounded():
    assert _drawn.cache_parameters()["maxsize"] == KEPT
