"""What happens around every operation: who asks, may the token do such a thing, was it sent before."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, UnreadablePostError
from django.http.response import HttpResponseBase
from ninja.errors import AuthenticationError, Throttled, ValidationError
from ninja.operation import Operation

from parvis.api.authentication import authenticated, refuse_flood, require_scope
from parvis.core.clock import now
from parvis.core.errors import DomainError
from parvis.files.middleware import leave_form, read_form
from parvis.files.receiving import stored_ahead
from parvis.http.idempotency import once

KEY_HEADER = "Idempotency-Key"
REFUSALS = (
    AuthenticationError,
    DomainError,
    SuspiciousOperation,
    Throttled,
    UnreadablePostError,
    ValidationError,
)

Run = Callable[..., HttpResponseBase]


def around(run: Run) -> Run:
    """The operation's `run`, behind the questions that are the same for all; nothing is open by default."""
    operation: Operation = run.__self__  # type: ignore[attr-defined]
    names = {source: _names(operation, source) for source in ("query", "form", "file")}

    @wraps(run)
    def running(request: HttpRequest, **path: Any) -> HttpResponseBase:
        try:
            actor = authenticated(request)
            refuse_flood(request)
            require_scope(request, actor)
            read_form(request)
            _refuse_unknown_names(request, names)
            key = request.headers.get(KEY_HEADER, "")
            if request.method != "POST" or not key:
                return run(request, **path)
            assert actor.member_id  # tokens are members'
            at = now()
            uploads = [upload for _name, several in request.FILES.lists() for upload in several]
            return once(
                request,
                key=key,
                workspace_id=actor.workspace_id,
                asker_id=actor.member_id,
                at=at,
                perform=lambda: run(request, **path),
                beforehand=partial(stored_ahead, uploads if names["file"] else [], actor=actor, at=at),
            )
        except REFUSALS as refusal:
            leave_form(request)
            return operation.api.on_exception(request, refusal)

    return running


def _names(operation: Operation, source: str) -> frozenset[str]:
    """The names an operation takes in its query, its form or as files."""
    names: set[str] = set()
    for model in operation.models:
        if model.__ninja_param_source__ == source:
            names |= set(getattr(model, "__ninja_flatten_map__", None) or model.model_fields)
    return frozenset(names)


def _refuse_unknown_names(request: HttpRequest, names: dict[str, frozenset[str]]) -> None:
    """Ninja overlooks names it does not know; a misspelt filter would answer with everything."""
    sent = {"query": set(request.GET)}
    if names["form"] or names["file"]:
        sent |= {"form": set(request.POST), "file": set(request.FILES)}
    errors = [
        {"loc": (source, name), "type": "extra_forbidden"}
        for source, given in sent.items()
        for name in sorted(given - names[source])
    ]
    if errors:
        raise ValidationError(errors)
