"""Queries built and compiled once, then run with other values.

Django takes milliseconds to turn a `visible_to()` with its conditions into SQL that the database answers in a
fraction of one. A function under `@prepared` is called once per *shape* of its arguments, with stand-ins for
every id and moment in them; the SQL is kept, and later calls only put their values in. Who may see what is
still said in one place, by the queryset (`docs/decisions/prepared-queries.md`).
"""

import copy
import functools
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import UTC, date, datetime, timedelta
from threading import Lock
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import (
    BigIntegerField,
    DateField,
    DateTimeField,
    Field,
    Model,
    QuerySet,
    TextField,
    UUIDField,
    Value,
)
from django.db.models.expressions import Col
from django.utils import timezone, translation

KEPT = 256  # plans of a process, all functions together; the one not used for longest makes room


class TextValue(str):
    """A text that is looked for; a plain `str` belongs to the shape, like every role, switch and number."""

    __slots__ = ()


class NumberValue(int):
    """A number that is looked for, such as a remark's."""

    __slots__ = ()


# What is replaced by a stand-in, and the field that knows how the database writes it.
FIELDS: dict[type, Field[Any, Any]] = {
    UUID: UUIDField(),
    datetime: DateTimeField(),
    date: DateField(),
    TextValue: TextField(),
    NumberValue: BigIntegerField(),
}

Given = ParamSpec("Given")
Row = TypeVar("Row")


class NotPreparable(Exception):
    """The queryset depends on more than its arguments, or on a value computed from them."""


def prepared(build: Callable[Given, "QuerySet[Any, Row]"]) -> Callable[Given, list[Row]]:
    """Make a function that builds a queryset into one that answers with its rows.

    The function may depend on nothing but its arguments (not on language, time zone or rows), and has to hand
    ids and moments on as they are: a moved one (`at - A_DAY`) raises NotPreparable at the first call.
    """

    @functools.wraps(build)
    def rows(*given: Given.args, **named: Given.kwargs) -> list[Row]:
        values: dict[object, int] = {}
        key = (build, shape((given, named), values))
        plan = PLANS.get(key, lambda: Plan(functools.partial(_built, build, given, named), list(values)))
        return plan.rows(list(values))

    return rows


def shape(value: object, values: dict[object, int]) -> Hashable:
    """The value with a number in place of every id and moment; `values` gathers these."""
    if type(value) in FIELDS:
        return type(value), values.setdefault(value, len(values))
    if value is None or isinstance(value, str | int | bytes):
        return value
    if isinstance(value, tuple):
        return tuple(shape(each, values) for each in value)
    if isinstance(value, frozenset):
        return frozenset(shape(each, values) for each in value)
    if isinstance(value, Mapping):
        return tuple((shape(key, values), shape(each, values)) for key, each in value.items())
    if is_dataclass(value) and not isinstance(value, type):
        return type(value), *(shape(getattr(value, name), values) for name in _names(type(value)))
    raise NotPreparable(f"{type(value).__name__} cannot be an argument of a prepared query.")


@functools.cache
def _names(kind: type) -> tuple[str, ...]:
    """The fields by which instances differ; what does not count in a comparison cannot change a query."""
    return tuple(each.name for each in fields(kind) if each.compare)


def _built(
    build: Callable[..., "QuerySet[Any, Any]"],
    given: tuple[object, ...],
    named: dict[str, object],
    stand_ins: Mapping[object, object],
) -> "QuerySet[Any, Any]":
    """The queryset of these arguments, none of whose ids and moments get in."""
    return build(*_replaced(given, stand_ins), **_replaced(named, stand_ins))


def _replaced(value: Any, stand_ins: Mapping[object, object]) -> Any:
    if type(value) in FIELDS:
        return stand_ins[value]
    if isinstance(value, tuple | frozenset):
        return type(value)(_replaced(each, stand_ins) for each in value)
    if isinstance(value, Mapping):
        return {_replaced(key, stand_ins): _replaced(each, stand_ins) for key, each in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        inner = {name: _replaced(getattr(value, name), stand_ins) for name in _names(type(value))}
        others = {each.name: object() for each in fields(value) if not each.compare}  # of no use in a query
        return replace(value, **inner, **others)
    return value


def _stand_ins(values: Iterable[object], series: int) -> dict[object, object]:
    """For each value one of its type that is found nowhere else; different ones in each series."""
    first = datetime(9000 + series, 1, 1, tzinfo=UTC)
    made: dict[type, Callable[[int], object]] = {
        UUID: lambda number: UUID(int=(0xD0 + series << 120) + number),
        datetime: lambda number: first + timedelta(minutes=number),
        date: lambda number: (first + timedelta(days=number)).date(),
        TextValue: lambda number: TextValue(f"stand-in {series} {number}"),
        NumberValue: lambda number: NumberValue(30_000 + 1_000 * series + number),
    }
    # Numbers have to fit into the smallest of columns: Django answers for one that does not, without asking.
    return {value: made[type(value)](number) for number, value in enumerate(values)}


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the value with this number goes."""

    number: int


def hang(rows: Iterable[Model], name: str, children: Mapping[Any, list[Any]]) -> None:
    """Let `row.<name>.all()` answer with its own of the children, by the rows' ids, without asking again.

    What `prefetch_related` does, for children that came from a prepared query.
    """
    for row in rows:
        row.__dict__.setdefault("_prefetched_objects_cache", {})[name] = children.get(row.pk, [])


class Plan:
    """The SQL of one shape and the places of its values."""

    def __init__(
        self, build: Callable[[Mapping[object, object]], "QuerySet[Any, Any]"], values: list[object]
    ) -> None:
        """Built twice, with other stand-ins for a reader elsewhere: what differs must be a stand-in."""
        with timezone.override(UTC), translation.override("en"):
            first = _Compiled(build, _stand_ins(values, 1))
        with timezone.override("Asia/Tokyo"), translation.override("fr"):
            second = _Compiled(build, _stand_ins(values, 2))
        if first.sql != second.sql:
            raise NotPreparable("The same arguments do not always give the same query.")
        self._compiled = first
        first.slim()
        self._parameters = list(_parameters(first, second))

    def rows(self, values: list[object]) -> list[Any]:
        """Run it with these ids and moments."""
        if self._compiled.sql is None:
            return []
        parameters = [
            _written(values[each.number]) if isinstance(each, _Place) else each for each in self._parameters
        ]
        return list(self._compiled.queryset_with(tuple(parameters)))


class _Compiled:
    """What Django makes of a queryset; `sql` is None when its conditions exclude each other."""

    sql: str | None
    parameters: tuple[object, ...]

    def __init__(
        self,
        build: Callable[[Mapping[object, object]], "QuerySet[Any, Any]"],
        stand_ins: dict[object, object],
    ) -> None:
        with connection.execute_wrapper(_refuse):
            self.queryset = build(stand_ins)
            # They would run with the stand-ins.
            if self.queryset._prefetch_related_lookups:  # type: ignore[attr-defined]
                raise NotPreparable("Children come from a query of their own; see hang().")
            self.compiler = self.queryset.query.get_compiler(DEFAULT_DB_ALIAS)
            try:
                self.sql, self.parameters = self.compiler.as_sql()
            except EmptyResultSet:
                self.sql, self.parameters = None, ()
        self.numbers = {_written(stand_in): number for number, stand_in in enumerate(stand_ins.values())}

    def slim(self) -> None:
        """Forget what only making the SQL needed: plans stay in memory."""
        compiler, query = self.compiler, self.compiler.query
        query.where = compiler.where = type(query.where)()
        query.annotations = {name: _only_type(each) for name, each in query.annotations.items()}
        query.set_annotation_mask(query.annotation_select_mask)  # drops those it had picked
        query.clear_ordering(force=True)
        compiler.select = [(_only_type(each), None, None) for each, _, _ in compiler.select or ()]
        compiler.quote_cache = {}

    def number_of(self, parameter: object) -> int | None:
        """Which stand-in a parameter is."""
        try:
            return self.numbers.get(parameter)
        except TypeError:  # a list or a document, which no stand-in is written as
            return None

    def queryset_with(self, parameters: tuple[object, ...]) -> "QuerySet[Any, Any]":
        """A fresh queryset that runs the SQL kept."""
        compiler = copy.copy(self.compiler)
        compiler.connection = connections[DEFAULT_DB_ALIAS]  # this thread's
        compiler.as_sql = lambda *_, **__: (self.sql, parameters)
        query = copy.copy(self.compiler.query)
        query.get_compiler = lambda *_, **__: compiler
        rows = self.queryset.all()
        rows._query = query  # type: ignore[attr-defined]  # `query` would forget how rows are made of it
        return rows


def _parameters(first: _Compiled, second: _Compiled) -> Iterator[object]:
    for one, other in zip(first.parameters, second.parameters, strict=True):
        number = first.number_of(one)
        if number is not None and second.number_of(other) is not None:
            yield _Place(number)
        elif number is None and one == other:
            yield one
        else:
            raise NotPreparable(f"The query holds {one!r}, which was computed from an argument.")


def _only_type(expression: Any) -> Any:
    """A column as it is; of anything computed, what turns the database's answer into Python's."""
    return expression if isinstance(expression, Col) else Value(None, output_field=expression.output_field)


def _written(value: object) -> Any:
    plain = value
    if isinstance(value, TextValue):
        plain = str(value)
    elif isinstance(value, NumberValue):
        plain = int(value)
    return FIELDS[type(value)].get_db_prep_value(plain, connection)


def _refuse(*_: object) -> None:
    raise NotPreparable("A prepared query may not ask the database while it is built.")


class _Plans:
    """The plans of this process, the least recently used one first."""

    def __init__(self) -> None:
        self._plans: OrderedDict[Hashable, Plan] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._plans)

    def clear(self) -> None:
        """Forget all of them."""
        with self._lock:
            self._plans.clear()

    def get(self, key: Hashable, make: Callable[[], Plan]) -> Plan:
        """The plan kept, or a new one."""
        with self._lock:
            if key in self._plans:
                self._plans.move_to_end(key)
                return self._plans[key]
        plan = make()
        with self._lock:
            self._plans[key] = plan
            while len(self._plans) > KEPT:
                self._plans.popitem(last=False)
        return plan


PLANS = _Plans()
