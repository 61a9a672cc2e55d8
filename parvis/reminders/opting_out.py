"""Who asked for no reminders: kept by a package above this one, which `config/opt_outs.py` names."""

from collections.abc import Callable, Collection, Sequence
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

Person = tuple[UUID, UUID]
"""A contact at a client, whose portal says what counts where nothing was chosen (G1-09)."""


def opted_out(people: Collection[Person]) -> set[Person]:
    """Of these people those who asked for no reminders (A-10), in a fixed number of queries."""
    paths: Sequence[str] = import_string(settings.OPT_OUTS)
    asked: list[Callable[[Collection[Person]], set[Person]]] = [import_string(path) for path in paths]
    return set().union(*(ask(people) for ask in asked)) if people else set()
