"""Stored files that belong to nothing any more: a crash came between an upload and its action, or their owner
let go of them, as of a logo that was replaced (RELIABILITY E10).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from uuid import UUID

from django.apps import apps
from django.db import IntegrityError, models
from django.db.models import Exists, OuterRef, ProtectedError

from parvis.files.actions import delete_stored_file
from parvis.files.models import FilePage, StoredFile
from parvis.files.querysets import ABANDONED_AFTER


def unowned(at: datetime, limit: int | None = None) -> list[StoredFile]:
    """Ready files over a day old that no row points to, the oldest first; fewer than `limit` when some of
    those asked for are mentioned after all.
    """
    files = StoredFile.objects.ready().filter(created_at__lt=at - ABANDONED_AFTER).order_by("created_at")
    for model, field in _references():
        files = files.exclude(Exists(model._base_manager.filter(**{field: OuterRef("pk")})))
    mentioned = _mentioned(list(files.values_list("pk", flat=True)))
    return list(files.exclude(pk__in=mentioned)[:limit])


def delete_unowned(at: datetime, limit: int | None = None) -> int:
    """Delete them, and whatever the database says belongs to somebody stays; returns how many went."""
    deleted = 0
    for file in unowned(at, limit):
        try:
            delete_stored_file(file)
        except (ProtectedError, IntegrityError):
            continue  # it was given an owner while we looked
        deleted += 1
    return deleted


def _references() -> Iterator[tuple[type[models.Model], str]]:
    """Every foreign key to a stored file, of whatever package; the pages of a file are a part of it."""
    for relation in StoredFile._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ManyToOneRel) and relation.related_model is not FilePage:
            yield relation.related_model, relation.field.name


def _mentioned(ids: Collection[UUID]) -> set[UUID]:
    """Those of the ids that stand in any column without a foreign key. Packages below this one keep a file's
    bare id (a logo), and no list of them has to be kept true: ids are unique among all tables.
    """
    found: set[UUID] = set()
    for model in apps.get_models(include_auto_created=True) if ids else ():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.UUIDField) and not field.primary_key:
                rows = model._base_manager.filter(**{f"{field.name}__in": ids})
                found.update(rows.values_list(field.name, flat=True))
    return found
