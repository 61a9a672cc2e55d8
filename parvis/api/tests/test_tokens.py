"""Who asks: bearer tokens, and nothing else (RELIABILITY A1, C11)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from ninja.errors import Throttled

from parvis.api.flood import Meter
from parvis.api.tests.callers import Caller
from parvis.core.clock import now
from parvis.core.ids import uuid7
from parvis.signin.api_tokens import Scope, issue_api_token
from parvis.signin.models import ApiToken
from parvis.team.models import Member


def test_a_token_tells_whose_it_is(agency):
    answer = Caller(agency.alex, [Scope.READ]).call("GET", "/me")
    assert answer.status_code == 200
    assert (answer.json()["name"], answer.json()["scopes"]) == ("Alex Durand", ["read"])


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer parvis_", "Bearer wrong", "Basic b2xnYTp4", "parvis_x", "Bearer  x y"]
)
def test_anything_else_is_nobody(agency, header):
    answer = Client(headers={"Authorization": header}).get("/api/v1/me")
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Bearer"
    assert answer["Content-Type"] == "application/problem+json"


def test_the_session_of_a_signed_in_member_opens_nothing(agency):
    browser = Client()
    browser.force_login(agency.olga.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert browser.get("/api/v1/me").status_code == 401


def test_expired_revoked_and_orphaned_tokens_are_nobodys(agency):
    at = now()
    _token, expired = issue_api_token(
        agency.olga, label="old", scopes=[Scope.READ], at=at, expires_at=at - timedelta(seconds=1)
    )
    revoked = Caller(agency.olga)
    ApiToken.objects.filter(pk=revoked.token.pk).update(revoked_at=at)
    away = Caller(agency.alex)
    Member.objects.filter(pk=agency.alex.pk).update(disabled_at=at)

    assert Client(headers={"Authorization": f"Bearer {expired}"}).get("/api/v1/me").status_code == 401
    assert revoked.call("GET", "/me").status_code == 401
    assert away.call("GET", "/me").status_code == 401


def test_use_is_noted_at_most_once_a_minute(agency, settings):
    caller = Caller(agency.olga)
    caller.call("GET", "/me")
    caller.token.refresh_from_db()
    noted = caller.token.last_used_at
    assert noted is not None

    with CaptureQueriesContext(
        connection,
    ) as queries:
        caller.call("GET", "/me")
    assert not [query for query in queries if "UPDATE" in query["sql"] and "apitoken" in query["sql"]]

    ApiToken.objects.update(last_used_at=noted - timedelta(minutes=2))
    caller.call("GET", "/me")
    caller.token.refresh_from_db()
    assert caller.token.last_used_at >= noted


def test_a_token_may_ask_so_often_a_minute(agency, settings):
    settings.API_REQUESTS_PER_MINUTE = 3
    caller, other = Caller(agency.olga), Caller(agency.alex)
    answers = [caller.call("GET", "/me") for _ in range(8)]  # a minute may end meanwhile, never two
    assert [answer.status_code for answer in answers[:3]] == [200, 200, 200]
    refused = [answer for answer in answers if answer.status_code == 429]
    assert refused
    assert refused[0].json()["code"] == "too_many_requests"
    assert 0 < int(refused[0]["Retry-After"]) <= 60
    assert other.call("GET", "/me").status_code == 200


def test_two_processes_count_together(db):
    """Each tells the other of twenty requests at once."""
    token, at = uuid7(), datetime(2027, 3, 8, 9, 0, 30, tzinfo=UTC)
    here, there = Meter(), Meter()
    for _ in range(60):
        here.count(token, allowed=100, at=at)
    for _ in range(40):
        there.count(token, allowed=100, at=at)
    with pytest.raises(Throttled) as refusal:
        there.count(token, allowed=100, at=at)
    assert refusal.value.wait == 30
    there.count(token, allowed=100, at=at + timedelta(seconds=30))
