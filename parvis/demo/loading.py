"""Loading the demonstration agency: once, through the actions, quietly."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from parvis.access import Role
from parvis.clients.actions.link_requests import answer_link_request, request_link
from parvis.deliverables.due import due
from parvis.demo import acme, others, pictures
from parvis.demo.stage import Stage, shift_to
from parvis.events.dispatching import dispatch
from parvis.events.models import DeliveryState, EventDelivery
from parvis.events.sealing import seal
from parvis.outbox.models import Message
from parvis.reminders.models import ReminderRun
from parvis.reminders.rules import Outcome
from parvis.signin.models import User
from parvis.team.actions.workspaces import brand_workspace
from parvis.team.models import Member
from parvis.workspaces.models import Branding, WorkingCalendar, Workspace

SLUG = "nord"
PASSWORD = "bienvenue au parvis"  # of a demonstration on one's own machine
OWNER_EMAIL = "olga@atelier-nord.example"
PEOPLE = (
    ("olga", "Olga Petit", Role.OWNER, "olga", "Direction"),
    ("lea", "Léa Martin", Role.MANAGER, "lea", "Cheffe de projet"),
    ("alex", "Alex Durand", Role.MEMBER, "designer-alex", "Design"),
    ("paul", "Paul Bernard", Role.MEMBER, "paul", "Rédaction"),
)


def is_loaded() -> bool:
    """Whether the demonstration agency is there already."""
    return Workspace.objects.filter(slug=SLUG).exists()


@transaction.atomic
def load(now: datetime, *, with_decisions: bool = False) -> Workspace:
    """The whole agency as it stands at `now`; `with_decisions` adds the end of the example (G1-26).

    Events of the past write no mail: what clients would have got long ago is marked as handled. Left to
    the worker are the mails of the version that waits, and a link for Sarah.
    """
    shift = timedelta() if with_decisions else shift_to(now)
    stage = Stage(_workspace(now), now=now, shift=shift)
    _people(stage)
    logo = stage.file("logo.png", pictures.logo(), stage.days_ago(300))
    brand_workspace(
        stage.workspace, colour="#2f5d50", logo_id=logo.pk, actor=stage.member("olga"), at=stage.days_ago(300)
    )
    others.play(stage)
    homepage = acme.play(stage, with_decisions=with_decisions)
    _let_the_past_rest(stage, homepage.pk)
    asked = request_link(workspace_id=stage.workspace.pk, email=stage.contacts["sarah"].email, at=now)
    answer_link_request(asked, at=now)
    return stage.workspace


def _workspace(now: datetime) -> Workspace:
    workspace = Workspace.objects.create(slug=SLUG, name="Atelier Nord", language="fr", created_at=now)
    Branding.objects.create(workspace=workspace)
    WorkingCalendar.objects.create(workspace=workspace, time_zone="Europe/Paris", country="FR")
    return workspace


def _people(stage: Stage) -> None:
    for key, name, role, handle, function in PEOPLE:
        first, _, last = name.partition(" ")
        email = f"{key}@atelier-nord.example"
        user = User.objects.create_user(email, PASSWORD, first_name=first, last_name=last, language="fr")
        stage.members[key] = Member.objects.create(
            workspace=stage.workspace,
            user=user,
            role=role,
            name=name,
            handle=handle,
            function=function,
            reply_time="Répond en général dans la journée",
            joined_at=stage.days_ago(400),
        )


def _let_the_past_rest(stage: Stage, waiting_id: UUID) -> None:
    """The team's inbox fills from the past; nobody's mailbox does."""
    due(stage.now)  # today's reminders and escalations belong to the past as well
    reminders = ReminderRun.objects.filter(workspace=stage.workspace, outcome=Outcome.PLANNED)
    reminders.update(outcome=Outcome.SENT)
    mine = EventDelivery.objects.filter(event__workspace=stage.workspace, state=DeliveryState.NEW)
    fresh = mine.filter(
        event__subject_id=waiting_id, event__kind="deliverable.submitted", event__values__version=3
    )
    kept = list(fresh.values_list("pk", flat=True))
    to_contacts = mine.filter(subscriber__contains="notifications.contacts").exclude(pk__in=kept)
    to_contacts.update(state=DeliveryState.HANDLED, handled_at=stage.now)
    mine.filter(pk__in=kept).update(next_at=stage.now)
    held = EventDelivery.objects.filter(pk__in=kept)
    held.update(state=DeliveryState.HANDLED)
    while dispatch(stage.now):
        pass
    Message.objects.filter(workspace=stage.workspace).delete()
    held.update(state=DeliveryState.NEW, handled_at=None)
    while seal():
        pass
