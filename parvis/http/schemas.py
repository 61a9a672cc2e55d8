"""The words of the REST interface: what callers may send, checked and bounded, and what they get."""

import zoneinfo
from collections.abc import Iterable
from typing import Annotated, Any, ClassVar, Literal, TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.db.models import Model, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Schema
from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from parvis.core.errors import DomainError
from parvis.core.money import CURRENCIES
from parvis.core.text import clean_line

AnyRow = TypeVar("AnyRow", bound=Model)


class Body(BaseModel):
    """What a caller sends. A name that is not listed is refused, never overlooked (RELIABILITY A6)."""

    model_config = ConfigDict(extra="forbid")


def _without_defaults(schema: dict[str, Any]) -> None:
    for described in schema.get("properties", {}).values():
        described.pop("default", None)


class Changes(Body):
    """A partial change: what is not sent stays as it is, whatever default the class mentions."""

    model_config = ConfigDict(extra="forbid", json_schema_extra=_without_defaults)

    @property
    def given(self) -> dict[str, Any]:
        """Only what was sent."""
        return {name: getattr(self, name) for name in self.model_fields_set}


Edition = Annotated[
    int,
    Field(
        ge=1,
        le=2**31 - 1,
        description="The edition that was read; 409 `edited_meanwhile` when somebody saved since (G3).",
    ),
]


class Edits(Changes):
    """Changes of what others edit too; without an `edition` the row of this moment is what was read."""

    edition: Edition = 1


class Answer(Schema):
    """What a caller gets; read from the row, field by field, so that nothing leaves that is not named."""


class FileAnswer(Answer):
    """A stored file; its bytes have an address of their own."""

    id: UUID
    name: str
    size_bytes: int
    media_type: str
    sha256: str


class FieldRefused(DomainError):
    """A value of the body that is well formed and still cannot be accepted."""

    code: ClassVar[str] = "invalid"
    status: ClassVar[int] = 422
    message = gettext_lazy("Some of the values cannot be accepted.")

    def __init__(self, name: str, message: str | Promise | None = None) -> None:
        super().__init__()
        self.fields = [{"name": name, "code": self.code, "message": str(message or self.message)}]


class UnknownReference(FieldRefused):
    """The body names something that does not exist within the caller's reach (RELIABILITY A2)."""

    code: ClassVar[str] = "unknown_reference"
    message = gettext_lazy("Something named in this request does not exist, or is out of your reach.")


def referred(rows: QuerySet[AnyRow], pk: UUID, name: str) -> AnyRow:
    """The row that the field `name` of a body points to, within reach. Raises UnknownReference."""
    found = rows.filter(pk=pk).first()
    if found is None:
        raise UnknownReference(name)
    return found


def all_referred(rows: QuerySet[AnyRow], pks: Iterable[UUID], name: str) -> list[AnyRow]:
    """The rows a list in the body points to, in its order, each once. Raises UnknownReference."""
    wanted = list(dict.fromkeys(pks))
    found = rows.in_bulk(wanted)
    if len(found) != len(wanted):
        raise UnknownReference(name)
    return [found[pk] for pk in wanted]


def _present(text: str) -> str:
    if not text.strip():
        raise PydanticCustomError("missing", "Field required")
    return text


def _keepable(text: str) -> str:
    """PostgreSQL keeps no NUL."""
    return text.replace("\x00", "")


def _email(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError as error:
        raise PydanticCustomError("email", "Not an e-mail address") from error
    return text


def _currency(code: str) -> str:
    if code not in CURRENCIES:
        raise PydanticCustomError("literal_error", "Not a currency we know")
    return code


def _website(text: str) -> str:
    try:
        if text:
            URLValidator(schemes=["http", "https"])(text)
    except ValidationError as error:
        raise PydanticCustomError("website", "Not a web address") from error
    return text


def _time_zone(text: str) -> str:
    if text and text not in zoneinfo.available_timezones():
        raise PydanticCustomError("time_zone", "Not a time zone")
    return text


Title = Annotated[
    str, Field(min_length=1, max_length=120), AfterValidator(clean_line), AfterValidator(_present)
]
LongTitle = Annotated[
    str, Field(min_length=1, max_length=160), AfterValidator(clean_line), AfterValidator(_present)
]
FirstName = Annotated[
    str, Field(min_length=1, max_length=80), AfterValidator(clean_line), AfterValidator(_present)
]
Word = Annotated[str, Field(max_length=80), AfterValidator(clean_line)]
ShortWord = Annotated[str, Field(max_length=40), AfterValidator(clean_line)]
OptionalTitle = Annotated[str, Field(max_length=120), AfterValidator(clean_line)]
Phrase = Annotated[str, Field(max_length=300), AfterValidator(clean_line)]
Text = Annotated[str, Field(max_length=20_000), AfterValidator(_keepable)]
SearchText = Annotated[str, Field(max_length=80), AfterValidator(clean_line)]
Email = Annotated[str, Field(max_length=254, json_schema_extra={"format": "email"}), AfterValidator(_email)]
Website = Annotated[str, Field(max_length=200), AfterValidator(_website)]
TimeZone = Annotated[str, Field(max_length=60), AfterValidator(_time_zone)]
Colour = Annotated[str, Field(pattern=r"^(#[0-9a-fA-F]{6})?$")]
Language = Literal["", "fr", "en", "es", "pt"]
Currency = Annotated[str, Field(json_schema_extra={"enum": [*CURRENCIES]}), AfterValidator(_currency)]
Days = Annotated[int, Field(ge=1, le=90)]
Ids = Annotated[list[UUID], Field(max_length=200)]

MESSAGES = {
    "missing": gettext_lazy("This field is required."),
    "extra_forbidden": gettext_lazy("There is no field of this name."),
    "string_too_long": gettext_lazy("This text is too long."),
    "string_too_short": gettext_lazy("This text is too short."),
    "email": gettext_lazy("This is not an e-mail address."),
    "website": gettext_lazy("This is not a web address."),
    "enum": gettext_lazy("This is none of the values to choose from."),
    "literal_error": gettext_lazy("This is none of the values to choose from."),
    "uuid_parsing": gettext_lazy("This is not an identifier."),
}


def told(kind: str) -> str:
    """What is wrong with a value, in the caller's language."""
    return str(MESSAGES.get(kind) or _("This value is not acceptable."))


A_FILE: dict[str, Any] = {
    "responses": {
        200: {
            "description": "The bytes of the file.",
            "content": {"*/*": {"schema": {"type": "string", "format": "binary"}}},
        },
        206: {
            "description": "The bytes that were asked for.",
            "content": {"*/*": {"schema": {"type": "string", "format": "binary"}}},
        },
    }
}
"""How a download is described: `openapi_extra` of its operation."""
