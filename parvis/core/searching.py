"""Rows are found by their names: accents, capitals and the order of the words make no difference."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.db.models import Model, Q

from parvis.core.text import folded


class FoldedText(models.TextField):  # type: ignore[type-arg]
    """What a row is found by: the texts of its `sources`, folded, whenever the row is saved.

    A column of its own, because SQLite knows capitals from A to Z only and an index can hold it. It mixes
    what the team and what clients may read, so it is searched and never shown (`docs/decisions/search.md`).
    """

    def __init__(self, *sources: str, **options: Any) -> None:
        self.sources = sources
        super().__init__(editable=False, default="", **options)

    def deconstruct(self) -> tuple[str, str, list[object], dict[str, object]]:
        """How a migration writes it down."""
        name, path, _, options = super().deconstruct()
        return (
            name,
            path,
            [*self.sources],
            {key: options[key] for key in options.keys() - {"editable", "default"}},
        )

    def pre_save(self, model_instance: Model, add: bool) -> str:
        """The text of the sources as they are saved."""
        text = self.made_from({source: getattr(model_instance, source) for source in self.sources})
        setattr(model_instance, self.attname, text)
        return text

    def made_from(self, texts: Mapping[str, object]) -> str:
        """The folded text of all sources."""
        return folded(" ".join(str(texts[source]) for source in self.sources))


def refolded(row: Model, facts: Mapping[str, object]) -> dict[str, str]:
    """The folded columns that change when these facts are written on the row by a statement of their own."""
    columns = [field for field in row._meta.concrete_fields if isinstance(field, FoldedText)]
    return {
        column.attname: column.made_from(
            {source: facts.get(source, getattr(row, source)) for source in column.sources}
        )
        for column in columns
        if not facts.keys().isdisjoint(column.sources)
    }


def matches(text: str) -> Q:
    """Rows whose `search_text` holds every word of the text; without a word, none."""
    words = folded(text).split()
    return Q(*(Q(search_text__contains=word) for word in words)) if words else Q(pk__in=[])
