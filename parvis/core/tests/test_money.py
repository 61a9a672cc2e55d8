"""Money is exact, keeps its currency and is read and written as people of a language do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.core.money import CURRENCIES, MixedCurrencies, Money, NotMoney, currency_choices, totals

LANGUAGES = ["fr", "en", "es", "pt", "pt-BR"]
SOME = ["EUR", "USD", "JPY", "TND", "ISK", "CLF", "HUF"]

money = st.builds(Money, st.integers(-(10**12), 10**12), st.sampled_from(SOME))


def test_amounts_of_one_currency_add_up():
    assert Money(1250, "EUR") + Money(50, "EUR") - Money(300, "EUR") == Money(1000, "EUR")
    assert Money(1250, "EUR") * 2 == Money(2500, "EUR")
    assert Money(1, "EUR") < Money(2, "EUR")


@pytest.mark.parametrize("operation", ["__add__", "__sub__", "__lt__", "__ge__"])
def test_currencies_are_never_mixed(operation):
    """A-21"""
    with pytest.raises(MixedCurrencies):
        getattr(Money(1, "EUR"), operation)(Money(1, "USD"))


def test_totals_are_kept_per_currency():
    """A-21"""
    amounts = [Money(100, "USD"), Money(1, "EUR"), Money(2, "EUR")]
    assert totals(amounts) == [Money(3, "EUR"), Money(100, "USD")]
    assert totals([]) == []


@pytest.mark.parametrize("minor", [1.5, "12", True, None])
def test_minor_units_are_whole_numbers(minor):
    with pytest.raises(TypeError):
        Money(minor, "EUR")


@pytest.mark.parametrize("currency", ["eur", "EURO", "", "€", "ÉUR"])
def test_a_currency_is_an_iso_code(currency):
    with pytest.raises(ValueError, match="ISO 4217"):
        Money(1, currency)


@pytest.mark.parametrize(
    ("amount", "language", "written"),
    [
        (Money(1250, "EUR"), "fr", "12,50\xa0€"),
        (Money(1250, "EUR"), "en", "€12.50"),
        (Money(1250, "EUR"), "pt", "12,50\xa0€"),
        (Money(1250, "EUR"), "pt-BR", "€\xa012,50"),
        (Money(1250, "JPY"), "en", "¥1,250"),
        (Money(1250, "TND"), "fr", "1,250\xa0TND"),
        (Money(-1250, "EUR"), "en", "-€12.50"),
    ],
)
def test_an_amount_is_written_in_the_readers_language_with_the_digits_of_iso_4217(amount, language, written):
    assert amount.format(language) == written


@pytest.mark.parametrize(
    ("typed", "language", "minor"),
    [
        ("1 250,50", "fr", 125050),
        ("1\u202f250,50 €", "fr", 125050),
        ("1250.50", "fr", 125050),
        ("1,250.50", "en", 125050),
        ("€12", "en", 1200),
        ("12 EUR", "en", 1200),
        ("1.250,5", "es", 125050),
        ("-3,20", "pt", -320),
        ("\N{MINUS SIGN}3,20", "fr", -320),
    ],
)
def test_a_typed_amount_is_read_in_its_language(typed, language, minor):
    assert Money.parse(typed, "EUR", language) == Money(minor, "EUR")


@pytest.mark.parametrize(
    "typed",
    ["", "abc", "12abc", "1e9", "NaN", "12,505", "1.250,50", "1,2,3", "--", "١٢", "12 USD", "$12", "9" * 40],
)
def test_a_doubtful_amount_is_refused_rather_than_guessed(typed):
    with pytest.raises(NotMoney):
        Money.parse(typed, "EUR", "fr")


def test_an_amount_too_fine_for_its_currency_is_refused():
    with pytest.raises(NotMoney):
        Money.parse("12.5", "JPY", "en")


@pytest.mark.parametrize(
    ("language", "label"),
    [
        ("en", "Danish Krone (DKK)"),
        ("fr", "Couronne danoise (DKK)"),
        ("es", "Corona danesa (DKK)"),
        ("pt", "Coroa dinamarquesa (DKK)"),
    ],
)
def test_currencies_are_offered_by_name_and_what_is_kept_is_among_them(language, label):
    """A-21"""
    offered = dict(currency_choices(language))
    assert offered["DKK"] == label
    assert set(offered) == set(CURRENCIES)
    assert currency_choices(language, kept="EUR") == currency_choices(language)
    kept = dict(currency_choices(language, kept="QQQ"))
    assert set(kept) == {*CURRENCIES, "QQQ"}
    assert kept["QQQ"] == "QQQ"


@given(money, st.sampled_from(LANGUAGES))
def test_what_is_written_can_be_read_again(amount, language):
    assert Money.parse(amount.format(language), amount.currency, language) == amount
    assert Money.parse(amount.as_typed(language), amount.currency, language) == amount
