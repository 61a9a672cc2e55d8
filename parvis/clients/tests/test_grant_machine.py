"""A grant walked at random beside a model in plain Python (S7, K-32 to K-36, A-07, A-12)."""

import os
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from parvis.clients.actions.grants import (
    DEVICE_LIFETIME,
    LIFETIME,
    LIFETIME_AFTER_REMINDER,
    REBINDING,
    LinkExpired,
    OtherDevice,
    close_grants,
    find_device,
    forget_device,
    issue_token,
    open_link,
)
from parvis.clients.actors import contact_actor
from parvis.clients.models import AccessGrant, TokenPurpose
from tests.factories import SUNDAY

IS_FULL = os.environ.get("PARVIS_TIER") in {"full", "long"}
BROWSERS = st.sampled_from(["phone", "laptop"])
PURPOSES = [purpose for purpose in TokenPurpose if purpose != TokenPurpose.PREVIEW]
STATES = {
    ("issued", "claimed"),
    ("claimed", "rebound"),
    ("issued", "expired"),
    ("claimed", "expired"),
    ("issued", "revoked"),
    ("claimed", "revoked"),
}


@dataclass
class Link:
    """What the model knows of a link that was mailed."""

    secret: str
    purpose: TokenPurpose
    expires_at: datetime
    generation: int
    used: bool = False


def machine(agency, acting, visited: Counter[tuple[str, str]]):
    """The machine, closed over the cast of one test."""

    class Walk(RuleBasedStateMachine):
        @initialize()
        def begin(self):
            AccessGrant.objects.all().delete()
            self.clock = SUNDAY
            self.cookies: dict[str, str] = {}
            self.links: list[Link] = []
            self.generation = 0
            self.fresh()

        def fresh(self):
            self.expires_at: datetime | None = None
            self.bound: str | None = None
            self.was_bound = False

        def is_open(self):
            return self.expires_at is not None and self.clock < self.expires_at

        def stage(self):
            return "claimed" if self.was_bound else "issued"

        @rule(purpose=st.sampled_from(PURPOSES))
        def mail(self, purpose):
            secret = issue_token(agency.sarah, agency.acme, purpose=purpose, at=self.clock)
            lifetime = LIFETIME_AFTER_REMINDER if purpose == TokenPurpose.REMINDER else LIFETIME
            self.expires_at = max(self.expires_at or self.clock, self.clock + lifetime)
            asked_for = purpose == TokenPurpose.REQUESTED
            ends = self.clock + LIFETIME if asked_for else self.expires_at
            self.links.append(Link(secret, purpose, ends, self.generation))

        @rule(browser=BROWSERS, choice=st.integers(0, 30))
        def follow(self, browser, choice):
            if not self.links:
                return
            link = self.links[choice % len(self.links)]
            expected = self.expected(link, browser)
            try:
                opened = open_link(
                    link.secret, device_secret=self.cookies.get(browser), label=browser, at=self.clock
                )
            except LinkExpired:
                assert expected == "expired"
                return
            except OtherDevice:
                assert expected == "other device"
                return
            assert expected == "opens"
            if self.bound != browser:
                link.used = True
                visited[("claimed", "rebound") if self.was_bound else ("issued", "claimed")] += 1
            self.bound, self.was_bound = browser, True
            if opened.device_secret:
                self.cookies[browser] = opened.device_secret

        def expected(self, link, browser):
            if link.generation != self.generation or not self.is_open() or self.clock >= link.expires_at:
                return "expired"
            if self.bound == browser:
                return "opens"
            if link.used:
                return "other device"
            return "opens" if self.bound is None or link.purpose in REBINDING else "other device"

        @rule(days=st.sampled_from([1, 10, 29, 30, 61]))
        def wait(self, days):
            if self.clock + timedelta(days=days) >= SUNDAY + DEVICE_LIFETIME:
                return  # a year later the device itself is forgotten; this walk is about its grant
            was_open = self.is_open()
            self.clock += timedelta(days=days)
            if was_open and not self.is_open():
                visited[(self.stage(), "expired")] += 1

        @rule(browser=BROWSERS)
        def forget(self, browser):
            device = find_device(self.cookies.get(browser), at=self.clock)
            if device is None:
                return
            forget_device(device, actor=acting(agency.sarah), at=self.clock)
            del self.cookies[browser]
            if self.bound == browser:
                self.bound = None

        @rule()
        def revoke(self):
            if self.expires_at is not None:
                visited[(self.stage(), "revoked")] += 1
            close_grants(contact_id=agency.sarah.pk, client_id=agency.acme.pk, at=self.clock)
            self.generation += 1
            self.fresh()

        @invariant()
        def only_the_bound_browser_is_inside(self):
            if not hasattr(self, "clock"):
                return
            for browser in ("phone", "laptop"):
                device = find_device(self.cookies.get(browser), at=self.clock)
                inside = device is not None and contact_actor(device, self.clock) is not None
                assert inside == (self.bound == browser and self.is_open())

    return Walk


@pytest.mark.django_db
def test_any_walk_leaves_at_most_the_bound_browser_inside(agency, acting):
    """Every transition of an access grant (DOMAIN 3.3) is visited in the full tier."""
    visited: Counter[tuple[str, str]] = Counter()
    run_state_machine_as_test(
        machine(agency, acting, visited),
        settings=settings(
            max_examples=500 if IS_FULL else 15,
            stateful_step_count=50 if IS_FULL else 25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    if IS_FULL:
        assert set(visited) >= STATES
