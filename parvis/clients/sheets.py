"""A pasted list or an uploaded CSV as rows: encoding, delimiter and columns are recognised."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from parvis.access import ContactRole
from parvis.core.errors import DomainError
from parvis.core.text import clean_line, handle
from parvis.workspaces.models import LANGUAGES

MAX_ROWS = 500  # one transaction of some seconds, for which SQLite keeps other writers waiting
MAX_BYTES = 1_000_000
DELIMITERS = "\t;,"
COLUMNS = ("client", "contact", "email", "role", "language", "function", "phone")
"""Their order where no line names them."""

HEADINGS = {
    "client": "client client-name company company-name organisation organization entreprise societe "
    "nom-du-client empresa cliente",
    "contact": "contact contact-name name person nom-du-contact nom contacto nombre contato nome persona",
    "first_name": "first-name firstname prenom primeiro-nome",
    "last_name": "last-name lastname surname nom-de-famille apellido apellidos apelido",
    "email": "email e-mail mail email-address e-mail-address courriel adresse-e-mail correo "
    "correo-electronico",
    "role": "role rol papel funcao",
    "language": "language langue idioma lengua",
    "function": "function title job-title fonction poste cargo funcion",
    "phone": "phone telephone tel telefono telefone mobile",
}
COLUMN_OF = {word: column for column, words in HEADINGS.items() for word in words.split()}
LIMITS = {"client": 120, "first_name": 80, "last_name": 80, "function": 80, "phone": 40}
FORMULA = re.compile(r"=|[+@-][^\d\s(].*[(|!]")  # what a spreadsheet would carry out


class SheetUnreadable(DomainError):
    """This is no list of rows."""

    code: ClassVar[str] = "sheet_unreadable"
    status: ClassVar[int] = 422
    message = _("This file cannot be read as a list. Save the sheet as CSV, then choose that file.")


@dataclass(frozen=True, slots=True)
class SheetRow:
    """What one row says, each text one clean line; `number` counts as a spreadsheet does."""

    number: int
    client: str = ""
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    role: str = ""
    language: str = ""
    function: str = ""
    phone: str = ""

    @property
    def name(self) -> str:
        """The person's first and last name."""
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def has_contact(self) -> bool:
        """Whether the row names a person, or only a client."""
        return bool(self.name or self.email)

    @property
    def contact_role(self) -> ContactRole | None:
        """The role, named in any of the four languages; none where the word is unknown."""
        return known_roles().get(handle(self.role)) if self.role else ContactRole.DECISION_MAKER

    @property
    def language_code(self) -> str | None:
        """`fr` for "Français", "FR" and "fr-CH"; empty for the client's own, none for an unknown word."""
        word = handle(self.language)
        codes = {known: code for code, name in LANGUAGES for known in (code, handle(name))}
        return codes.get(word) or codes.get(word.split("-")[0]) if word else ""

    @property
    def problem(self) -> str | Promise:
        """Why the row cannot be taken as it stands; empty where it can."""
        if not self.client:
            return _("The name of the client is missing.")
        if any(FORMULA.match(getattr(self, name)) for name in LIMITS):
            return _("A formula stands here instead of a text.")
        if any(len(getattr(self, name)) > limit for name, limit in LIMITS.items()):
            return _("One of the texts is too long.")
        return self._problem_of_contact() if self.has_contact else ""

    def _problem_of_contact(self) -> str | Promise:
        if not self.first_name:
            return _("The name of the contact is missing.")
        if not is_address(self.email):
            return _("The e-mail address is wrong or missing.")
        if self.contact_role is None:
            return _("This role is unknown.")
        return _("This language is unknown.") if self.language_code is None else ""


def decode(data: bytes) -> str:
    """The text of a file as Excel and its relatives write it. Raises SheetUnreadable for anything else."""
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")):  # .xlsx, .xls, a document
        raise SheetUnreadable
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")  # which leaves five bytes without a letter


def read_sheet(text: str) -> list[SheetRow]:
    """Every row that says something. Raises SheetUnreadable."""
    try:
        # Rows may hold line breaks within quotes, which `splitlines` would cut.
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text)))
    except csv.Error as error:
        raise SheetUnreadable from error
    numbered = [(number, [clean_line(cell) for cell in line]) for number, line in enumerate(lines, start=1)]
    rows = [(number, cells) for number, cells in numbered if any(cells)]
    columns: Sequence[str] = COLUMNS
    if rows and "client" in (named := [COLUMN_OF.get(handle(cell), "") for cell in rows[0][1]]):
        columns, rows = named, rows[1:]
    return [_row(number, dict(zip(columns, cells, strict=False))) for number, cells in rows]


def delimiter_of(text: str) -> str:
    """Tab, semicolon or comma, whichever divides most rows.

    In a list of names alone commas stand in a few ("Acme, Inc"): they divide only where most rows have one.
    """
    divided = {}
    for delimiter in DELIMITERS:
        rows = list(islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), 20))
        divided[delimiter] = sum(len(row) > 1 for row in rows)
        if delimiter == "," and divided[","] * 2 <= sum(map(bool, rows)):
            divided[","] = 0
    return max(DELIMITERS, key=divided.__getitem__)


def is_address(text: str) -> bool:
    """Whether mail could be sent there."""
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= 254


@cache
def known_roles() -> dict[str, ContactRole]:
    """Every word for a role, in the four languages: "decision-maker", "decisionnaire", "observador" …"""
    found = {handle(role.value): role for role in ContactRole}
    for code, _name in LANGUAGES:
        with translation.override(code):
            found |= {handle(str(role.label)): role for role in ContactRole}
    return found


def _row(number: int, cells: dict[str, str]) -> SheetRow:
    """One name is a first name and the rest; "nom" is the last beside "prénom", "nombre" the first beside
    "apellidos".
    """
    cells.pop("", None)
    name = cells.pop("contact", "")
    first, _space, last = name.partition(" ")
    if "last_name" in cells:
        first = name
    elif "first_name" in cells:
        last = name
    return SheetRow(number, **{"first_name": first, "last_name": last, **cells})
