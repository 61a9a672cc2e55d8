"""A request that is sent twice (RELIABILITY G4)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from parvis.api.tests.callers import Caller, picture
from parvis.clients.models import Client
from parvis.core.clock import now
from parvis.core.ids import uuid7
from parvis.documents.actions import folders_of
from parvis.documents.models import Document
from parvis.files.models import StorageUse, StoredFile
from parvis.files.storage import storage
from parvis.http.due import due
from parvis.http.models import KeptAnswer
from tests.factories import make_draft

KEY = {"Idempotency-Key": "order-1"}


def adding(caller, name="Nova", headers=KEY):
    return caller.call("POST", "/clients", json={"name": name}, headers=headers)


def test_the_same_request_has_its_effect_once_and_the_same_answer(agency):
    caller = Caller(agency.olga)
    first, again = adding(caller), adding(caller)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.content == again.content
    assert (first.get("Idempotency-Replayed"), again["Idempotency-Replayed"]) == (None, "true")
    assert Client.objects.filter(name="Nova").count() == 1


def test_without_a_key_every_request_counts(agency):
    caller = Caller(agency.olga)
    adding(caller, headers={})
    adding(caller, headers={})
    assert Client.objects.filter(name="Nova").count() == 2


def test_the_key_belongs_to_one_request(agency):
    caller = Caller(agency.olga)
    adding(caller)
    other_body = adding(caller, "Other")
    other_address = caller.call(
        "POST", f"/clients/{agency.acme.pk}/notes", json={"body": "Nova"}, headers=KEY
    )
    for answer in (other_body, other_address):
        assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_mismatch")
    assert not Client.objects.filter(name="Other").exists()


def test_the_key_belongs_to_one_person(agency):
    """Nobody is answered with what somebody else was told."""
    manager = agency.alex
    manager.role = "manager"
    manager.save()
    mine, theirs = adding(Caller(agency.olga)), adding(Caller(manager))
    assert mine.json()["id"] != theirs.json()["id"]


def test_a_refused_request_had_no_effect_and_may_be_tried_again(agency):
    caller = Caller(agency.olga)
    path = f"/clients/{agency.acme.pk}/contacts"
    person = {"first_name": "Sarah", "email": agency.sarah.email}
    assert caller.call("POST", path, json=person, headers=KEY).status_code == 409
    assert not KeptAnswer.objects.exists()
    assert adding(caller, "").status_code == 422
    assert adding(caller).status_code == 201


def test_an_upload_that_is_sent_again_is_kept_once(agency):
    """The way a form is put together, its boundary, is not part of the request."""
    caller = Caller(agency.olga)
    folder = folders_of(agency.website)[0]
    path = f"/projects/{agency.website.pk}/documents"
    form = {"folder_id": str(folder.pk), "file": picture()}
    first = caller.call("POST", path, form=form, headers=KEY)
    form["file"].seek(0)
    again = caller.post(f"/api/v1{path}", form, headers=KEY)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert (Document.objects.count(), StoredFile.objects.count()) == (1, 1)

    other = caller.call(
        "POST", path, form={"folder_id": str(folder.pk), "file": picture("other.png")}, headers=KEY
    )
    assert other.json()["code"] == "idempotency_mismatch"


@pytest.mark.django_db(transaction=True)
def test_an_upload_is_stored_before_the_key_is_locked(agency):
    """RELIABILITY G7: copying and inspecting take time, and with SQLite a transaction stops every writer."""
    with CaptureQueriesContext(connection) as captured:
        answer = uploading(Caller(agency.olga), agency, picture())
    assert answer.status_code == 201
    statements = [query["sql"] for query in captured]
    stored = _place(statements, "UPDATE", "files_storedfile", "sha256")
    claimed = _place(statements, "INSERT", "http_keptanswer")
    assert stored < claimed
    assert "COMMIT" in statements[stored:claimed]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("folder_id", ["no id", uuid7(), None])
def test_what_was_stored_for_a_refused_request_is_gone(agency, folder_id):
    refused = uploading(Caller(agency.olga), agency, picture(), folder_id=str(folder_id or ""))
    assert refused.status_code == 422
    assert not StoredFile.objects.exists() and not KeptAnswer.objects.exists()
    assert StorageUse.objects.get().used_bytes == 0
    assert list(storage().everything()) == []
    assert uploading(Caller(agency.olga), agency, picture()).status_code == 201


@pytest.mark.django_db(transaction=True)
def test_what_the_action_refuses_after_it_took_the_file_is_gone(agency):
    path = f"/deliverables/{make_draft(agency.website).pk}/versions"  # nobody is there to approve it
    answer = Caller(agency.olga).call("POST", path, form={"files": picture()}, headers=KEY)
    assert (answer.status_code, answer.json()["code"]) == (409, "no_approver")
    assert not StoredFile.objects.exists() and not KeptAnswer.objects.exists()
    assert list(storage().everything()) == []


def uploading(caller, agency, file, folder_id=None):
    folder = folders_of(agency.website)[0]
    form = {"folder_id": folder_id if folder_id is not None else str(folder.pk), "file": file}
    return caller.call("POST", f"/projects/{agency.website.pk}/documents", form=form, headers=KEY)


def _place(statements, *words):
    """Where the first statement with all these words stands."""
    return next(place for place, sql in enumerate(statements) if all(word in sql for word in words))


def test_keys_that_cannot_be_kept_are_refused(agency):
    caller = Caller(agency.olga)
    for key in ("x" * 256, "\x7f"):
        answer = adding(caller, headers={"Idempotency-Key": key})
        assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_unusable")
    assert adding(caller, headers={"Idempotency-Key": "x" * 255}).status_code == 201


def test_an_answer_is_kept_for_a_day(agency):
    caller = Caller(agency.olga)
    adding(caller)
    at = now()
    assert due(at + timedelta(hours=23)) == {"answers_forgotten": 0}
    assert due(at + timedelta(hours=25)) == {"answers_forgotten": 1}
    adding(caller)
    KeptAnswer.objects.update(created_at=at - timedelta(hours=24, seconds=1))
    adding(caller)  # not yet cleared away, and yet forgotten
    assert Client.objects.filter(name="Nova").count() == 3


def test_changing_and_deleting_take_no_key(agency):
    """They have the same effect however often they are sent."""
    caller, path = Caller(agency.olga), f"/clients/{agency.acme.pk}"
    for sector in ("Retail", "Music"):
        assert caller.call("PATCH", path, json={"sector": sector}, headers=KEY).json()["sector"] == sector
