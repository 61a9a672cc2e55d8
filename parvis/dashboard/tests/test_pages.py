"""Every page of the team opens, for those who may, with a fixed number of queries (G7 of RELIABILITY)."""

import pytest
from django.urls import reverse

PAGES = [
    "dashboard:home",
    "clients:clients",
    "clients:new",
    "projects:projects",
    "projects:new",
    "deliverables:deliverables",
    "settings:workspace",
    "settings:look",
    "settings:calendar",
    "settings:people",
    "settings:new_invitation",
    "settings:mail",
    "settings:security",
    "settings:tokens",
]
OF_A_CLIENT = [
    "clients:client",
    "clients:edit",
    "clients:projects",
    "clients:contacts",
    "clients:new_contact",
    "clients:documents",
    "clients:timeline",
    "clients:notes",
    "clients:portal",
]
OF_A_PROJECT = [
    "projects:project",
    "projects:edit",
    "projects:client_status",
    "projects:deliverables",
    "projects:documents",
    "projects:discussions",
    "projects:new_discussion",
    "projects:team",
    "projects:timeline",
    "projects:new_milestone",
    "projects:new_task",
    "deliverables:new",
    "documents:new",
]
OF_A_DELIVERABLE = [
    "deliverables:deliverable",
    "deliverables:edit",
    "deliverables:terms",
    "deliverables:new_version",
]


def addresses(busy):
    """Every page there is to look at."""
    yield from (reverse(name) for name in PAGES)
    yield from (reverse(name, args=[busy.acme.pk]) for name in OF_A_CLIENT)
    yield from (reverse(name, args=[busy.website.pk]) for name in OF_A_PROJECT)
    yield from (reverse(name, args=[busy.homepage.pk]) for name in OF_A_DELIVERABLE)
    for side in ("open", "settled", "tracking", "internal"):
        yield reverse("deliverables:deliverable", args=[busy.homepage.pk]) + f"?side={side}"
    yield reverse("projects:task", args=[busy.website.pk, busy.task.pk])
    yield reverse("projects:edit_task", args=[busy.website.pk, busy.task.pk])
    yield reverse("projects:edit_milestone", args=[busy.website.pk, busy.milestone.pk])
    yield reverse("projects:discussion", args=[busy.website.pk, busy.discussion.pk])
    yield reverse("documents:document", args=[busy.document.pk])
    yield reverse("documents:new_version", args=[busy.document.pk])
    yield reverse("documents:edit", args=[busy.document.pk])
    yield reverse("documents:move", args=[busy.document.pk])
    yield reverse("clients:edit_contact", args=[busy.acme.pk, busy.sarah.pk])
    yield reverse("clients:invitation", args=[busy.acme.pk, busy.sarah.pk])
    yield reverse("dashboard:search") + "?q=e"
    yield reverse("dashboard:search") + "?q=home"
    yield reverse("dashboard:explain") + f"?contact={busy.sarah.pk}&kind=project&id={busy.website.pk}"


def test_every_page_opens_for_the_owner(busy, sign_in):
    browser = sign_in(busy.olga)
    for address in addresses(busy):
        answer = browser.get(address)
        assert answer.status_code == 200, address
        assert 'style="' not in answer.text, address  # DESIGN 3


@pytest.mark.django_db
def test_a_stranger_sees_the_way_in_and_nothing_else(busy, client):
    for address in addresses(busy):
        assert client.get(address).status_code == 302, address


def test_a_member_of_the_lowest_role_opens_what_is_theirs_and_no_more(busy, sign_in):
    """G2-24: the project they work on; the forms of managers are refused before anything is typed."""
    browser = sign_in(busy.alex)
    closed = {
        *(reverse(f"settings:{name}") for name in ("workspace", "look", "calendar", "new_invitation")),
        *(reverse(name) for name in ("clients:new", "projects:new")),
        *(reverse(f"clients:{name}", args=[busy.acme.pk]) for name in ("edit", "new_contact")),
        reverse("clients:edit_contact", args=[busy.acme.pk, busy.sarah.pk]),
        reverse("clients:invitation", args=[busy.acme.pk, busy.sarah.pk]),
        reverse("projects:edit", args=[busy.website.pk]),
    }
    for address in addresses(busy):
        assert browser.get(address).status_code == (403 if address in closed else 200), address
    busy.alex.assignments.all().delete()
    for name in OF_A_CLIENT:
        assert browser.get(reverse(name, args=[busy.acme.pk])).status_code == 404, name
    for name in OF_A_PROJECT:
        assert browser.get(reverse(name, args=[busy.website.pk])).status_code == 404, name
    for name in OF_A_DELIVERABLE:
        assert browser.get(reverse(name, args=[busy.homepage.pk])).status_code == 404, name
