"""Every event can be told in a whole sentence, to whoever did it and to others (A-25)."""

import pytest
from django.utils import translation

from parvis.access import Actor
from parvis.events.actions import erase_names
from parvis.events.kinds import EventKind
from parvis.events.models import Event
from parvis.events.sentences import sentence
from parvis.events.tests.factories import make_contact, make_event, make_member, make_workspace


@pytest.mark.django_db
@pytest.mark.parametrize("kind", EventKind)
@pytest.mark.parametrize("language", ["fr", "en", "es", "pt"])
def test_every_kind_has_a_sentence_that_needs_nothing_but_actor_and_subject(kind, language):
    workspace = make_workspace()
    alex = make_member(workspace)
    event = make_event(workspace, alex, kind=kind)
    with translation.override(language):
        told, own = sentence(event), sentence(event, alex)
    assert told and own
    assert "{" not in told + own


@pytest.mark.django_db
@pytest.mark.parametrize("kind", EventKind)
def test_every_kind_can_use_all_it_knows(kind):
    workspace = make_workspace()
    names = {"contact": "Sarah", "member": "Olga", "name": "In review"}
    event = make_event(workspace, kind=kind, names=names, values={"version": 3, "count": 2, "round": 4})
    assert "{" not in sentence(event)


@pytest.mark.django_db
def test_the_reader_who_did_it_is_addressed():
    workspace = make_workspace()
    sarah = make_contact(workspace)
    event = make_event(workspace, sarah, values={"version": 3})

    with translation.override("en"):
        assert sentence(event, sarah) == "You approved Home page, version 3"
        assert sentence(event, make_member(workspace)) == "Sarah approved Home page, version 3"


@pytest.mark.django_db
def test_a_vote_is_told_as_what_was_answered():
    workspace = make_workspace()
    values = {"version": 3, "verdict": "changes_requested"}
    event = make_event(workspace, make_contact(workspace), kind=EventKind.DELIVERABLE_DECIDED, values=values)
    with translation.override("en"):
        assert sentence(event) == "Sarah asked for changes to Home page, version 3"


@pytest.mark.django_db
def test_what_the_system_does_is_told_in_its_name():
    workspace = make_workspace()
    event = make_event(workspace, Actor.system(workspace.pk), kind=EventKind.DELIVERABLE_REMINDED)
    with translation.override("en"):
        assert sentence(event) == "Parvis sent a reminder of Home page"


@pytest.mark.django_db
def test_an_event_whose_names_were_erased_still_says_what_happened():
    workspace = make_workspace()
    event = make_event(workspace, make_contact(workspace))
    erase_names(Event.objects.filter(pk=event.pk))
    with translation.override("en"):
        told = sentence(Event.objects.get(pk=event.pk))
    assert told == "A contact approved something whose name was erased"
