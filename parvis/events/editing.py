"""Who saved the same thing first (RELIABILITY G3)."""

from uuid import UUID

from django.forms import BaseForm
from django.utils.translation import gettext as _

from parvis.access import Actor
from parvis.events.kinds import EventKind
from parvis.events.models import Event
from parvis.events.sentences import sentence
from parvis.http.editing import show_meanwhile
from parvis.ui.dates import when


def compare(form: BaseForm, subject_id: UUID, *kinds: EventKind, reader: Actor) -> str:
    """Make the form compare what was typed with what is saved now; returns `told_meanwhile`."""
    show_meanwhile(form)
    return told_meanwhile(subject_id, *kinds, reader=reader)


def told_meanwhile(subject_id: UUID, *kinds: EventKind, reader: Actor) -> str:
    """The last such change of the subject: by whom, when, and what to do about it now."""
    rows = Event.objects.visible_to(reader).about(subject_id).filter(kind__in=kinds)
    last = rows.select_related("names").order_by("-at", "-pk").first()
    told = f"{sentence(last, reader)} ({when(last.at)}). " if last else ""
    return told + _("That was while you were writing. Nothing of yours is saved yet: compare, then save.")
