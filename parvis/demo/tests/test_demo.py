"""The demonstration tells the example of the source documents (G1-10, G1-15, G1-26, G1-27, G1-36, G1-37)."""

from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import TestCase

from parvis.backstage.models import ClientNote, StaffComment
from parvis.clients.actors import actor_for
from parvis.clients.models import Client, Contact
from parvis.conversations.models import ClientComment
from parvis.core.clock import now
from parvis.deliverables.models import Deliverable, DeliverableState
from parvis.deliverables.tracking import tracking
from parvis.documents.models import Document
from parvis.events.models import Event
from parvis.events.sealing import verify
from parvis.files.models import StoredFile
from parvis.outbox.models import Message
from parvis.workspaces.models import Workspace


class TestToday(TestCase):
    """Loaded once, relative to today."""

    @classmethod
    def setUpTestData(cls):
        call_command("demo", verbosity=0)

    def test_three_things_await_sarah_for_the_reasons_of_the_example(self):
        """G1-36c, G1-37."""
        sarah = Contact.objects.get(handle="client-sarah")
        actor = actor_for(sarah.pk, sarah.workspace_id)
        waiting = Deliverable.objects.visible_to(actor).awaiting(sarah.pk)
        assert {(row.title, row.purpose) for row in waiting} == {
            ("Design Homepage", "approval"),
            ("Mockup Navigation", "feedback"),
            ("Brouillon Contenu", "information"),
        }
        lines = {row.title: (row.current_number, row.comment_count) for row in Deliverable.objects.all()}
        assert lines["Design Page About"] == (2, 3)  # seed lines 64 to 69
        assert lines["Mockup Formulaire Contact"] == (1, 0)

    def test_a_second_load_changes_nothing(self):
        counted = (Event, Client, Document, StoredFile, ClientComment, Message)
        before = [model.objects.count() for model in counted]
        call_command("demo", verbosity=0)
        assert [model.objects.count() for model in counted] == before

    def test_a_second_load_for_another_day_says_what_is_there_and_what_to_do(self):
        said = StringIO()
        call_command("demo", "--at", "2024-12-18", stdout=said)
        assert "(nord) is there already" in said.getvalue()
        assert "empty PARVIS_DATA_DIR" in said.getvalue()
        assert len(said.getvalue().splitlines()) == 1

    def test_every_client_state_is_there_and_every_preview_is_drawn(self):
        states = set(Client.objects.values_list("state", flat=True))
        assert states == {"active", "prospect", "inactive", "suspended"}
        assert set(StoredFile.objects.values_list("preview_state", flat=True)) == {"ready"}
        assert verify(Workspace.objects.get()) is None

    def test_the_past_writes_no_mail(self):
        """Only the link for Sarah waits; the mails of version 3 come when the worker starts."""
        assert [message.kind for message in Message.objects.all()] == ["contacts.access_link"]
        fresh = Event.objects.filter(deliveries__state="new").values_list("kind", flat=True).distinct()
        assert list(fresh) == ["deliverable.submitted"]


@pytest.mark.full
class TestOwnDates(TestCase):
    """Loaded once, with the dates of the example and its end."""

    @classmethod
    def setUpTestData(cls):
        call_command("demo", "--at", "2024-12-18", verbosity=0)

    def test_the_example_ends_as_it_is_written(self):
        """G1-26: submitted 15 Dec, 10:00; Sarah on the 16th, Mark on the 17th; two days."""
        homepage = Deliverable.objects.select_related("policy").get(title="Design Homepage")
        panel = tracking(homepage, now())
        assert homepage.submitted_at == datetime(2024, 12, 15, 9, tzinfo=UTC)
        assert homepage.state == DeliverableState.APPROVED
        assert [(a.name, a.function, a.decided_at.day) for a in panel.approvers] == [
            ("Sarah Lopez", "Marketing", 16),
            ("Mark Weber", "Juridique", 17),
        ]
        assert panel.elapsed_days == 2
        guides = Document.objects.get(title="Guides de Marque")
        assert [(v.number, v.uploaded_at.strftime("%d-%m"), v.note) for v in guides.versions.all()] == [
            (3, "15-12", "Palette couleurs mise à jour"),
            (2, "20-11", "Section typographie ajoutée"),
            (1, "05-10", ""),
        ]

    def test_internal_words_of_the_example_stay_internal(self):
        """G1-30 to G1-32."""
        comments, notes = StaffComment.objects.all(), ClientNote.objects.all()
        internal = [row.body for row in (*comments, *notes)]
        assert any("refactorer le module de paiement" in body for body in internal)
        shown = " ".join(ClientComment.objects.values_list("body", flat=True))
        assert not any(body in shown for body in internal)
