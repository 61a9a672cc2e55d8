"""Edits raced on PostgreSQL (G3 and S6 of RELIABILITY)."""

import pytest

from parvis.clients.actions.clients import ClientFacts, edit_client
from parvis.clients.models import Client
from parvis.core.clock import now
from parvis.core.editing import EditedMeanwhile
from parvis.events.models import Event
from parvis.projects.actions import add_task, set_task_state
from parvis.projects.models import Task, TaskState
from tests.races.together import together

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.full,
    pytest.mark.django_db(transaction=True),
]
ROUNDS = 20


def test_of_eight_who_save_the_same_page_one_is_heard(agency, acting):
    olga = acting(agency.olga)
    for _round in range(ROUNDS):
        seen = Client.objects.get(pk=agency.acme.pk).edition

        def saving(number, seen=seen):
            row = Client.objects.get(pk=agency.acme.pk)
            facts = ClientFacts(phone=str(number))
            return lambda: edit_client(row, name="Acme", facts=facts, edition=seen, actor=olga, at=now())

        answers = together([saving(number) for number in range(8)])
        assert sum(isinstance(answer, Client) for answer in answers) == 1, answers
        assert sum(isinstance(answer, EditedMeanwhile) for answer in answers) == 7
        kept = next(answer for answer in answers if isinstance(answer, Client))
        assert Client.objects.get(pk=agency.acme.pk).phone == kept.phone


def test_eight_clicks_finish_a_task_once(agency, acting):
    olga = acting(agency.olga)
    for number in range(ROUNDS):
        task = add_task(agency.website, title=f"Task {number}", actor=olga, at=now())
        rows = [Task.objects.select_related("project").get(pk=task.pk) for _click in range(8)]
        answers = together(
            [lambda row=row: set_task_state(row, state=TaskState.DONE, actor=olga, at=now()) for row in rows]
        )
        assert all(isinstance(answer, Task) for answer in answers), answers
        assert Event.objects.filter(subject_id=task.pk, kind="task.done").count() == 1
