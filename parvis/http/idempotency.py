"""A request that is sent again has its effect once and gets the same answer (RELIABILITY G4)."""

import hashlib
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime, timedelta
from typing import ClassVar
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from parvis.core.errors import DomainError
from parvis.http.models import KeptAnswer

KEPT_FOR = timedelta(hours=24)
LONGEST_KEY = 255


class IdempotencyMismatch(DomainError):
    """The key was used for something else."""

    code: ClassVar[str] = "idempotency_mismatch"
    status: ClassVar[int] = 422
    message = _("This Idempotency-Key was already used for another request. Use a new key.")


class IdempotencyKeyUnusable(DomainError):
    """Too long, or not printable."""

    code: ClassVar[str] = "idempotency_key_unusable"
    status: ClassVar[int] = 422
    message = _("An Idempotency-Key has one to 255 printable characters.")


def once(
    request: HttpRequest,
    *,
    key: str,
    workspace_id: UUID,
    asker_id: UUID,
    at: datetime,
    perform: Callable[[], HttpResponseBase],
    beforehand: Callable[[], AbstractContextManager[None]] = nullcontext,
) -> HttpResponseBase:
    """The answer of `perform`, or the one it gave to the same request before.

    The key, the effect and the answer are one transaction: a crash leaves all of them or none, and of
    requests sent together the later ones wait for the first. Refused requests had no effect and are not
    kept. `beforehand` is entered around that transaction, for what must not hold its locks, unless the
    answer is known already. Raises IdempotencyMismatch, IdempotencyKeyUnusable.
    """
    if len(key) > LONGEST_KEY or not key.isprintable() or not key.strip():
        raise IdempotencyKeyUnusable
    mine = KeptAnswer(
        workspace_id=workspace_id,
        asker_id=asker_id,
        key=key,
        fingerprint=fingerprint(request),
        created_at=at,
    )
    known = KeptAnswer.objects.filter(workspace=workspace_id, asker_id=asker_id, key=key)
    if given := known.filter(created_at__gt=at - KEPT_FOR).first():
        return _again(given, mine.fingerprint)
    with beforehand(), transaction.atomic():
        known.filter(created_at__lte=at - KEPT_FOR).delete()
        # Not try-and-catch: on PostgreSQL a refused INSERT would end the transaction. A request under way
        # with the same key is waited for here.
        KeptAnswer.objects.bulk_create([mine], ignore_conflicts=True)
        kept = known.get()
        if kept.pk != mine.pk:
            return _again(kept, mine.fingerprint)
        response = perform()
        if response.status_code >= 500:
            transaction.set_rollback(True)
        elif response.status_code >= 300 or not isinstance(response, HttpResponse):
            kept.delete()
        else:
            kept.status, kept.content_type = response.status_code, response.get("Content-Type", "")
            kept.body = response.content.decode()
            kept.save(update_fields=["status", "content_type", "body"])
        return response


def fingerprint(request: HttpRequest) -> str:
    """What makes two requests the same: method, address and content, not the way a form is put together."""
    digest = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    if request.content_type != "multipart/form-data":
        digest.update(request.body)
        return digest.hexdigest()
    for name, values in sorted(request.POST.lists()):
        digest.update(f"{name}={values!r}\n".encode())
    for name, uploads in sorted(request.FILES.lists()):
        for upload in uploads:
            content = hashlib.sha256()
            for chunk in upload.chunks():
                content.update(chunk)
            upload.seek(0)
            digest.update(f"{name}:{upload.name}:{content.hexdigest()}\n".encode())
    return digest.hexdigest()


def forget_old_answers(at: datetime) -> int:
    """Delete answers nobody may ask for any more; how many."""
    gone, _of_each = KeptAnswer.objects.filter(created_at__lte=at - KEPT_FOR).delete()
    return gone


def _again(kept: KeptAnswer, wanted: str) -> HttpResponse:
    if kept.fingerprint != wanted:
        raise IdempotencyMismatch
    assert kept.status is not None  # it is written in the transaction that wrote the key
    response = HttpResponse(kept.body, status=kept.status, content_type=kept.content_type)
    response["Idempotency-Replayed"] = "true"
    return response
