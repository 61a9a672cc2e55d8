"""The description of the interface: OpenAPI, with the refusals every operation shares."""

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from parvis import __version__
from parvis.api.authentication import BEARER
from parvis.api.errors import register
from parvis.api.running import KEY_HEADER, around
from parvis.http.problems import CONTENT_TYPE

DESCRIPTION = """What a member of the agency can do on a page, a token with the right scope can do here.

Lists come in pages: send the `next` of one as the `cursor` of the following. Whatever may carry files is sent
as a form. A POST with an Idempotency-Key may be sent again: it has its effect once. Refusals are problem
documents (RFC 9457) with a stable `code`. Decisions belong to the client's people and cannot be made here.
"""

REFUSALS = {
    "400": "The request cannot be read.",
    "401": "No valid token.",
    "403": "The member or the token may not do this.",
    "404": "Nothing there, or out of reach.",
    "409": "Not possible now; the code says why.",
    "413": "Too large.",
    "422": "Some values cannot be accepted.",
    "429": "Too many requests.",
    "503": "Not available at the moment.",
    "507": "No room left for files.",
}

PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "code", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string", "description": "Stable, for programs."},
        "detail": {"type": "string", "description": "A sentence, in the language asked for."},
        "fields": {"type": "array", "items": {"type": "object"}},
        "conditions": {"type": "array", "items": {"type": "object"}},
        "permission": {"type": "string"},
    },
}

KEY_PARAMETER = {
    "in": "header",
    "name": KEY_HEADER,
    "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"},
    "description": "The same key again gives the same answer, for a day.",
}


class ParvisAPI(NinjaAPI):
    """Ninja with our refusals, in the description too."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """Every operation with the problem documents it may answer with."""
        schema = super().get_openapi_schema(**options)
        schema["components"].setdefault("schemas", {})["Problem"] = PROBLEM
        content = {CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
        for operations in schema["paths"].values():
            for method, operation in operations.items():
                for status, meaning in REFUSALS.items():
                    operation["responses"].setdefault(status, {"description": meaning, "content": content})
                if method == "post":
                    operation["parameters"].append(KEY_PARAMETER)
                _close_forms(operation)
        return schema

    def get_openapi_operation_id(self, operation: Any) -> str:
        """Names of our functions, without their modules: they are what callers generate code from."""
        return str(operation.view_func.__name__)


def _close_forms(operation: dict[str, Any]) -> None:
    """A form takes the names it lists and no other, as bodies do."""
    for kind, described in operation.get("requestBody", {}).get("content", {}).items():
        if kind != "application/json":
            described["schema"]["additionalProperties"] = False


def new_api() -> ParvisAPI:
    """An interface without operations, everything closed to whoever has no token."""
    api = ParvisAPI(
        title="Parvis",
        version=__version__,
        description=DESCRIPTION,
        urls_namespace="api",
        docs_url=None,
        auth=BEARER,
    )
    api.add_decorator(around, mode="view")
    register(api)
    return api
