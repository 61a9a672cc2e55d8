"""Prepared queries: the same rows as the queryset, the values of whoever asks, and nobody else's."""

from collections.abc import Callable
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from django.utils.translation import get_language, gettext

from parvis.access import Actor, ContactRole
from parvis.core.clock import now
from parvis.core.ids import uuid7
from parvis.core.prepared import PLANS, NotPreparable, NumberValue, TextValue, prepared
from parvis.projects.models import Project
from tests import factories

pytestmark = pytest.mark.django_db

Acting = Callable[[object], Actor]


@prepared
def projects_of(actor: Actor) -> QuerySet[Project]:
    return Project.objects.visible_to(actor).select_related("client").order_by("pk")


@pytest.fixture(autouse=True)
def forget() -> None:
    PLANS.clear()


def test_the_rows_are_those_of_the_queryset(agency: SimpleNamespace, acting: Acting) -> None:
    for person in (agency.olga, agency.alex, agency.sarah, agency.bo):
        actor = acting(person)
        wanted = list(Project.objects.visible_to(actor).order_by("pk"))
        assert projects_of(actor) == wanted
        assert projects_of(actor) == wanted


def test_people_with_equal_rights_share_a_plan_and_never_rows(
    agency: SimpleNamespace, acting: Acting
) -> None:
    """The same shape, other ids: each gets their own, in whatever order they come (B1)."""
    boreal = factories.make_project(agency.borealis, "Boreal")
    sarah, bo = acting(agency.sarah), acting(agency.bo)
    assert projects_of(sarah) == [agency.website]
    assert projects_of(bo) == [boreal]
    assert projects_of(sarah) == [agency.website]
    assert len(PLANS) == 1


def test_a_role_or_a_switch_makes_another_plan(agency: SimpleNamespace, acting: Acting) -> None:
    projects_of(acting(agency.sarah))
    projects_of(acting(agency.olga))
    projects_of(acting(factories.make_contact(agency.acme, "Bill", role=ContactRole.BILLING)))
    assert len(PLANS) == 3


def test_nothing_within_reach_gives_nothing(agency: SimpleNamespace, acting: Acting) -> None:
    billing = acting(factories.make_contact(agency.acme, "Bill", role=ContactRole.BILLING))
    with CaptureQueriesContext(connection) as asked:
        assert projects_of(billing) == []
    assert len(asked) == 0


def test_only_one_query_and_relations_come_along(agency: SimpleNamespace, acting: Acting) -> None:
    actor = acting(agency.sarah)
    projects_of(actor)
    with CaptureQueriesContext(connection) as asked:
        assert projects_of(actor)[0].client == agency.acme
    assert len(asked) == 1


def test_moments_texts_and_ids_are_values(agency: SimpleNamespace) -> None:
    @prepared
    def titled(pk: UUID, title: TextValue, before: datetime) -> QuerySet[Project, str]:
        rows = Project.objects.filter(pk=pk, title=title, created_at__lt=before)
        return rows.values_list("title", flat=True)

    pk, later = agency.website.pk, now() + timedelta(hours=1)
    assert titled(pk, TextValue("Website"), later) == ["Website"]
    assert titled(pk, TextValue("Other"), later) == []
    assert titled(uuid7(), TextValue("Website"), later) == []
    assert titled(pk, TextValue("Website"), later - timedelta(days=20_000)) == []
    assert len(PLANS) == 1


def test_numbers_can_be_values_too(agency: SimpleNamespace) -> None:
    @prepared
    def numbered(number: NumberValue) -> QuerySet[Project]:
        return Project.objects.filter(number=number)

    assert numbered(NumberValue(agency.website.number)) == [agency.website]
    assert numbered(NumberValue(agency.website.number + 1)) == []
    assert len(PLANS) == 1


def test_plans_are_bounded(monkeypatch: pytest.MonkeyPatch, agency: SimpleNamespace) -> None:
    @prepared
    def first(count: int) -> QuerySet[Project]:
        return Project.objects.order_by("pk")[:count]

    monkeypatch.setattr("parvis.core.prepared.KEPT", 3)
    for count in range(1, 8):
        first(count)
    assert len(PLANS) == 3
    assert first(1) == [agency.website]


def a_moved_moment(at: datetime) -> QuerySet[Project]:
    return Project.objects.filter(created_at__lt=at - timedelta(days=1))


def a_moment_of_its_own(at: datetime) -> QuerySet[Project]:
    return Project.objects.filter(created_at__lt=now())


def a_language(at: datetime) -> QuerySet[Project]:
    return Project.objects.filter(title=get_language())


def a_translation(at: datetime) -> QuerySet[Project]:
    return Project.objects.filter(title=gettext("Home"))


def rows_read_before(at: datetime) -> QuerySet[Project]:
    return Project.objects.filter(pk__in=list(Project.objects.values_list("pk", flat=True)))


def rows_read_after(at: datetime) -> QuerySet[Project]:
    return Project.objects.prefetch_related("milestones")


@pytest.mark.parametrize(
    "build",
    [a_moved_moment, a_moment_of_its_own, a_language, a_translation, rows_read_before, rows_read_after],
)
def test_what_would_be_kept_wrongly_is_refused(build: Callable[[datetime], QuerySet[Any]]) -> None:
    with pytest.raises(NotPreparable):
        prepared(build)(now())


def test_a_row_is_no_argument(agency: SimpleNamespace) -> None:
    """It would keep one plan for each row; its id is what is meant."""

    @prepared
    def same(project: Project) -> QuerySet[Project]:
        return Project.objects.filter(pk=project.pk)

    with pytest.raises(NotPreparable):
        same(agency.website)
