"""Uploads that outlive a refused form, so that nobody has to choose and send them again."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from parvis.access import Actor
from parvis.files.actions import delete_stored_file
from parvis.files.models import HeldUpload, StoredFile
from parvis.files.querysets import ABANDONED_AFTER

BATCH = 20


def hold(files: Sequence[StoredFile], *, form_id: UUID, actor: Actor, at: datetime) -> None:
    """Keep a member's uploads for the next attempt at the same form."""
    assert actor.member_id  # the forms of the team alone ask for it
    HeldUpload.objects.bulk_create(
        HeldUpload(
            workspace_id=file.workspace_id, file=file, member_id=actor.member_id, form_id=form_id, held_at=at
        )
        for file in files
    )


def held_for(form_id: UUID, actor: Actor) -> list[StoredFile]:
    """What this member sent with the form before, in that order."""
    mine = StoredFile.objects.filter(held__form_id=form_id, held__member=actor.member_id)
    return list(mine.order_by("pk"))


@transaction.atomic
def let_go(form_id: UUID, *, actor: Actor, used: Collection[StoredFile]) -> None:
    """The form was accepted: its files belong elsewhere now, those it left out are deleted."""
    for file in held_for(form_id, actor):
        if file not in used:
            delete_stored_file(file)
    HeldUpload.objects.filter(form_id=form_id, member=actor.member_id).delete()


def forget_held(at: datetime) -> int:
    """Delete what nobody came back for within a day; returns how many, at most a batch."""
    old = StoredFile.objects.filter(held__held_at__lt=at - ABANDONED_AFTER)
    forgotten = list(old.order_by("held__held_at")[:BATCH])
    for file in forgotten:
        delete_stored_file(file)
    return len(forgotten)
