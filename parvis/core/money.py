"""Money: whole minor units and a currency. SQLite keeps decimals as floating point, so we keep none."""

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Self

from babel import Locale
from babel.numbers import (
    NumberFormatError,
    get_currency_name,
    get_currency_symbol,
    parse_decimal,
    parse_pattern,
)

from parvis.core.text import clean_line, folded

# ISO 4217, amendment 179: every other currency has two digits. Babel's own figures are CLDR's,
# which round some currencies (ISK, HUF, UGX) by local habit; books follow the standard.
NO_DIGITS = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
THREE_DIGITS = "BHD IQD JOD KWD LYD OMR TND"
FOUR_DIGITS = "CLF UYW"
ISO_DIGITS = {
    **dict.fromkeys(NO_DIGITS.split(), 0),
    **dict.fromkeys(THREE_DIGITS.split(), 3),
    **dict.fromkeys(FOUR_DIGITS.split(), 4),
}
# What is legal tender somewhere (CLDR, 2026), to choose from; amounts may be kept in any other.
TENDER = (
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD "
    "CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF "
    "GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK "
    "LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD "
    "OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN "
    "SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XCG XOF XPF "
    "YER ZAR ZMW ZWG"
)
CURRENCIES = TENDER.split()
CURRENCY_CODE = re.compile(r"[A-Z]{3}")
PLAIN_NUMBER = re.compile(r"[0-9][0-9.,'’\s]{0,30}")


class MixedCurrencies(TypeError):
    """Amounts in different currencies were added or compared: a bug, never a user's mistake (A-21)."""


class NotMoney(ValueError):
    """A typed amount cannot be read; the form says so beside the field."""


def currency_digits(currency: str) -> int:
    """Digits after the decimal mark (ISO 4217)."""
    return ISO_DIGITS.get(currency, 2)


def currency_choices(language: str, *, kept: str = "") -> list[tuple[str, str]]:
    """Codes with their names in the language, by name; always with the one that is kept already."""
    locale = _locale(language)
    named = [(code, get_currency_name(code, locale=locale)) for code in {*CURRENCIES, kept} - {""}]
    labels = [
        (code, f"{name[0].upper()}{name[1:]} ({code})" if name != code else code) for code, name in named
    ]
    return sorted(labels, key=lambda choice: folded(choice[1]))


@dataclass(frozen=True, slots=True)
class Money:
    """`Money(1250, "EUR")` is twelve euros fifty: `minor` counts the smallest unit of the currency."""

    minor: int
    currency: str

    def __post_init__(self) -> None:
        if type(self.minor) is not int:  # a bool or a float would calculate, wrongly
            raise TypeError(f"minor units are whole numbers, not {type(self.minor).__name__}")
        if not CURRENCY_CODE.fullmatch(self.currency):
            raise ValueError(f"not an ISO 4217 code: {self.currency!r}")

    @classmethod
    def zero(cls, currency: str) -> Self:
        """Nothing, in a currency."""
        return cls(0, currency)

    @classmethod
    def parse(cls, text: str, currency: str, language: str) -> Self:
        """Read an amount as it is written in `language`; raises NotMoney for anything doubtful.

        "1.250" is 1,250 in Spanish and refused in French with euros (three digits): never guessed.
        """
        digits = currency_digits(currency)
        symbol = get_currency_symbol(currency, _locale(language))
        amount = _read_number(text.replace(symbol, "").replace(currency, ""), language)
        minor = amount.scaleb(digits)
        if minor != minor.to_integral_value():
            raise NotMoney(f"{currency} has {digits} digits after the decimal mark")
        return cls(int(minor), currency)

    @property
    def amount(self) -> Decimal:
        """The exact amount in major units, for exports and for formatting."""
        return Decimal(self.minor).scaleb(-currency_digits(self.currency))

    def as_typed(self, language: str) -> str:
        """The digits alone as somebody types them in `language`, and as `parse` reads them: `12,50`."""
        return str(self.amount).replace(".", _locale(language).number_symbols["latn"]["decimal"])

    def format(self, language: str) -> str:
        """As people of that language write it, with the symbol: `12,50 €`, `€12.50`."""
        locale, pattern = _currency_pattern(language, currency_digits(self.currency))
        return str(pattern.apply(self.amount, locale, currency=self.currency, currency_digits=False))

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"

    def __bool__(self) -> bool:
        return self.minor != 0

    def __add__(self, other: "Money") -> "Money":
        return Money(self.minor + self._minor_of(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.minor - self._minor_of(other), self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.minor, self.currency)

    def __mul__(self, times: int) -> "Money":
        return Money(self.minor * times, self.currency)

    def __lt__(self, other: "Money") -> bool:
        return self.minor < self._minor_of(other)

    def __le__(self, other: "Money") -> bool:
        return self.minor <= self._minor_of(other)

    def __gt__(self, other: "Money") -> bool:
        return self.minor > self._minor_of(other)

    def __ge__(self, other: "Money") -> bool:
        return self.minor >= self._minor_of(other)

    def _minor_of(self, other: object) -> int:
        if not isinstance(other, Money) or other.currency != self.currency:
            raise MixedCurrencies(f"{self!r} and {other!r}")
        return other.minor


def totals(amounts: Iterable[Money]) -> list[Money]:
    """One sum per currency, in the order of their codes: currencies are never mixed (A-21)."""
    sums: dict[str, Money] = {}
    for money in amounts:
        sums[money.currency] = sums.get(money.currency, Money.zero(money.currency)) + money
    return [sums[currency] for currency in sorted(sums)]


def _read_number(text: str, language: str) -> Decimal:
    typed = clean_line(text)
    negative = typed.startswith(("-", "\N{MINUS SIGN}"))
    typed = typed.lstrip("-\N{MINUS SIGN}").strip()
    locale = _locale(language)
    group = locale.number_symbols["latn"]["group"]
    if group.isspace():  # people type the space bar where typography wants a narrow space
        typed = typed.replace(" ", group)
    if not PLAIN_NUMBER.fullmatch(typed):  # Decimal would also take "1e9", "NaN" and other digits
        raise NotMoney("not an amount")
    try:
        amount = parse_decimal(typed, locale=locale, strict=True)
    except NumberFormatError as error:
        raise NotMoney("not an amount") from error
    return -amount if negative else amount


def _locale(language: str) -> Locale:
    # To Babel "pt" is Brazil's, which writes the sign first; ours is Portugal's (DESIGN 6).
    return Locale.parse("pt-PT" if language == "pt" else language, sep="-")


@functools.lru_cache(maxsize=64)
def _currency_pattern(language: str, digits: int) -> tuple[Locale, Any]:
    locale = _locale(language)
    pattern = parse_pattern(locale.currency_formats["standard"].pattern)
    pattern.frac_prec = (digits, digits)
    return locale, pattern
