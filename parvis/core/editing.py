"""Two people edit the same thing: the second is told, and nothing is overwritten unseen (RELIABILITY G3)."""

from typing import ClassVar

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from parvis.core.errors import DomainError
from parvis.core.models import Edited
from parvis.core.searching import refolded


class EditedMeanwhile(DomainError):
    """Somebody saved the same row between reading it and writing it."""

    code: ClassVar[str] = "edited_meanwhile"
    message = _("Somebody else saved changes here in the meantime. Look at them before you save yours.")


def write(row: Edited, edition: int | None = None, **facts: object) -> None:
    """Write the facts on the row, unless somebody did since `edition` was read. Raises EditedMeanwhile.

    Without an edition, what was seen is the row as it was handed over.
    """
    seen = row.edition if edition is None else edition
    facts |= refolded(row, facts)
    # Condition and change are one statement: of two who save together the second is told.
    unchanged = type(row)._base_manager.filter(pk=row.pk, edition=seen)
    if not unchanged.update(**facts, edition=F("edition") + 1):
        raise EditedMeanwhile
    for name, value in {**facts, "edition": seen + 1}.items():
        setattr(row, name, value)
