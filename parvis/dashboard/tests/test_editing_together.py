"""Two people have the same form open: nothing is overwritten unseen (RELIABILITY G3)."""

import re
from html import unescape

import pytest
from django.test import Client as Browser
from django.urls import reverse

from parvis.access import Switch
from parvis.clients.models import Client, Membership, PortalSettings
from parvis.deliverables.models import Deliverable
from parvis.documents.models import Document
from parvis.projects.models import ClientStatus, Milestone, Project, Task
from tests.factories import make_contact, make_upload


def sent_by(page, **typed):
    """What a browser sends from this page: every field as it stands, but for what was typed."""
    form = page.text.split("<main", 1)[1]
    sent = {}
    for tag in re.findall(r"<input[^>]*>", form):
        attributes = dict(re.findall(r'(\w[\w-]*)="([^"]*)"', tag))
        if "name" not in attributes:  # shown, never sent
            continue
        is_box = attributes["type"] == "checkbox"
        if not is_box or " checked" in tag:
            sent[attributes["name"]] = unescape(attributes.get("value", "on" if is_box else ""))
    for name, text in re.findall(r'<textarea name="([^"]*)"[^>]*>([^<]*)</textarea>', form):
        sent[name] = unescape(text).removeprefix("\n")
    for name, options in re.findall(r'<select name="([^"]*)".*?>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        sent[name] = chosen[1] if chosen else ""
    return sent | typed


@pytest.fixture
def olgas(agency, sign_in):
    return sign_in(agency.olga)


@pytest.fixture
def alexs(agency, sign_in):
    agency.alex.role = "admin"
    agency.alex.save()
    return sign_in(agency.alex)


def save(browser: Browser, url: str, **typed):
    """Open a form, change something, save."""
    return browser.post(url, sent_by(browser.get(url), **typed))


def test_the_second_save_shows_what_the_first_one_changed(agency, olgas, alexs):
    url = reverse("clients:edit", args=[agency.acme.pk])
    opened = olgas.get(url)
    assert (
        save(alexs, url, phone="+33 1 11", sector="Paper", website="https://acme.example").status_code == 302
    )

    answer = olgas.post(url, sent_by(opened, phone="+33 2 22", address="12 rue du Bac"))

    assert answer.status_code == 409
    assert "Alex" in answer.text and "changed the details of Acme" in answer.text
    assert "Saved meanwhile: +33 1 11" in answer.text and answer.text.count("Saved meanwhile") == 1
    typed = sent_by(answer)
    assert (typed["phone"], typed["address"]) == ("+33 2 22", "12 rue du Bac")  # hers, to the letter
    assert (typed["sector"], typed["website"]) == ("Paper", "https://acme.example")  # his, left alone by her
    agency.acme.refresh_from_db()
    assert (agency.acme.phone, agency.acme.address) == ("+33 1 11", "")


def test_saving_once_more_is_the_decision_to_overwrite(agency, olgas, alexs):
    url = reverse("clients:edit", args=[agency.acme.pk])
    opened = olgas.get(url)
    save(alexs, url, phone="+33 1 11", sector="Paper")
    answer = olgas.post(url, sent_by(opened, phone="+33 2 22"))
    assert "Save anyway" in answer.text

    assert olgas.post(url, sent_by(answer)).status_code == 302
    agency.acme.refresh_from_db()
    assert (agency.acme.phone, agency.acme.sector) == ("+33 2 22", "Paper")


def test_a_third_save_in_between_is_shown_too(agency, olgas, alexs):
    url = reverse("clients:edit", args=[agency.acme.pk])
    opened = olgas.get(url)
    save(alexs, url, phone="+33 1 11")
    answer = olgas.post(url, sent_by(opened, phone="+33 2 22"))
    save(alexs, url, phone="+33 3 33")

    answer = olgas.post(url, sent_by(answer))
    assert answer.status_code == 409
    assert "Saved meanwhile: +33 3 33" in answer.text
    assert Client.objects.get(pk=agency.acme.pk).phone == "+33 3 33"


def test_what_both_wrote_alike_is_no_difference(agency, olgas, alexs):
    url = reverse("clients:edit", args=[agency.acme.pk])
    opened = olgas.get(url)
    save(alexs, url, phone="+33 1 11")
    answer = olgas.post(url, sent_by(opened, phone="+33 1 11"))
    assert answer.status_code == 409
    assert "Saved meanwhile" not in answer.text


def edited(busy):
    """Every form two people may have open, with a field, what one types there and what the other reads."""
    website, task = busy.website.pk, busy.task.pk
    return [
        (reverse("clients:edit", args=[busy.acme.pk]), Client, busy.acme.pk, "name", "Acme & Co"),
        (reverse("projects:edit", args=[website]), Project, website, "title", "Relaunch"),
        (reverse("projects:edit", args=[website]), Project, website, "progress", "65"),
        (reverse("projects:edit_task", args=[website, task]), Task, task, "title", "Pictures"),
        (
            reverse("projects:edit_milestone", args=[website, busy.milestone.pk]),
            Milestone,
            busy.milestone.pk,
            "title",
            "Opening",
        ),
        (reverse("documents:edit", args=[busy.document.pk]), Document, busy.document.pk, "title", "Plan"),
        (
            reverse("projects:client_status", args=[website]),
            ClientStatus,
            busy.website.client_status.pk,
            "description",
            "Nearly there.",
        ),
        (
            reverse("deliverables:edit", args=[busy.homepage.pk]),
            Deliverable,
            busy.homepage.pk,
            "description",
            "The first page",
        ),
    ]


@pytest.mark.parametrize("number", range(8))
def test_every_form_of_the_team_is_kept_from_overwriting(busy, olgas, alexs, number):
    url, model, pk, field, his = edited(busy)[number]
    opened = olgas.get(url)
    assert save(alexs, url, **{field: his}).status_code == 302

    answer = olgas.post(url, sent_by(opened, **{field: "7"}))

    assert answer.status_code == 409
    assert f"Saved meanwhile: {his}".replace("&", "&amp;") in answer.text
    assert "Alex" in answer.text
    assert str(getattr(model.objects.get(pk=pk), field)) == his
    assert olgas.post(url, sent_by(answer)).status_code == 302
    assert str(getattr(model.objects.get(pk=pk), field)) == "7"


def test_a_contact_keeps_what_was_saved_first_and_the_role_given_meanwhile(agency, olgas, alexs):
    url = reverse("clients:edit_contact", args=[agency.acme.pk, agency.sarah.pk])
    opened = olgas.get(url)
    role = reverse("clients:contact_role", args=[agency.acme.pk, agency.sarah.pk])
    alexs.post(role, {"role": "observer"})
    assert olgas.post(url, sent_by(opened, phone="1")).status_code == 302
    assert Membership.objects.get(contact=agency.sarah).role == "observer"

    answer = olgas.post(url, sent_by(opened, phone="2"))
    assert answer.status_code == 409
    assert "You changed" in answer.text  # herself, from another window
    agency.sarah.refresh_from_db()
    assert agency.sarah.phone == "1"


def test_a_form_filled_in_wrong_remembers_what_it_showed(agency, olgas, alexs):
    """422 first, then somebody else saves: the comparison starts from the page that was opened."""
    url = reverse("clients:edit", args=[agency.acme.pk])
    refused = save(olgas, url, website="no address", phone="+33 2 22")
    assert refused.status_code == 422
    save(alexs, url, sector="Paper")

    answer = olgas.post(url, sent_by(refused, website=""))
    assert answer.status_code == 409
    assert "Saved meanwhile" not in answer.text
    assert sent_by(answer)["sector"] == "Paper"


def test_a_welcome_message_is_compared_and_a_switch_is_not_turned_back_on(agency, olgas, alexs):
    """Four forms of one page share an edition; what is off stays off until somebody has seen that it is."""
    page = reverse("clients:portal", args=[agency.acme.pk])
    welcome = reverse("clients:welcome", args=[agency.acme.pk])
    switches = reverse("clients:switches", args=[agency.acme.pk])
    edition = sent_by(olgas.get(page))["edition"]
    alexs.post(switches, {"enabled": "on", "switches": ["documents"], "edition": edition})

    refused = olgas.post(switches, {"enabled": "on", "switches": ["invoices"], "edition": edition})
    assert refused.status_code == 409
    assert "Alex" in refused.text
    assert PortalSettings.objects.get(client=agency.acme).switches == {Switch.DOCUMENTS}

    compared = olgas.post(welcome, {"en": "Hello", "initial-en": "", "edition": edition})
    assert compared.status_code == 409
    sent = {"en": "Hello", "edition": sent_by(compared)["edition"]}
    assert olgas.post(welcome, sent).status_code == 302
    assert PortalSettings.objects.get(client=agency.acme).welcome_messages == {"en": "Hello"}


def settled_together(busy):
    """Settings: a field, what one writes there, what the other reads, what she wanted instead."""
    function = f"function_{busy.sarah.pk.hex}"
    return [
        ("settings:workspace", [], "name", "Nord & Sud", "Nord & Sud", "Ouest"),
        ("settings:calendar", [], "region", "BY", "BY", "BE"),
        ("settings:calendar", [], "send_time", "07:30", "07:30", "08:30"),
        ("settings:calendar", [], "country", "DE", "Germany", "ES"),
        ("settings:look", [], "colour", "#112233", "#112233", "#445566"),
        ("deliverables:terms", [busy.homepage.pk], "deadline_days", "7", "7", "9"),
        ("deliverables:terms", [busy.homepage.pk], function, "Board", "Board", "Brand"),
    ]


@pytest.mark.parametrize("number", range(7))
def test_settings_are_kept_from_overwriting(busy, olgas, alexs, number):
    name, arguments, field, his, read, hers = settled_together(busy)[number]
    url = reverse(name, args=arguments)
    opened = olgas.get(url)
    assert save(alexs, url, **{field: his}).status_code == 302

    answer = olgas.post(url, sent_by(opened, **{field: hers}))

    assert answer.status_code == 409
    assert f"Saved meanwhile: {read}" in unescape(answer.text) and "Alex" in answer.text
    assert answer.text.count("Saved meanwhile") == 1 and "Save anyway" in answer.text
    assert sent_by(olgas.get(url))[field] == his
    assert olgas.post(url, sent_by(answer)).status_code == 302
    assert sent_by(olgas.get(url))[field] == hers


def test_working_days_are_compared_as_a_whole(agency, olgas, alexs):
    url, days = reverse("settings:calendar"), ["0", "1", "2", "3", "4"]
    opened = sent_by(olgas.get(url), **{"initial-working_weekdays": days})
    save(alexs, url, working_weekdays=days[:4])
    answer = olgas.post(url, opened | {"working_weekdays": days[:2]})
    assert answer.status_code == 409
    assert "Saved meanwhile: Monday, Tuesday, Wednesday, Thursday" in answer.text
    left_alone = olgas.post(url, opened | {"working_weekdays": days, "region": "BY"})
    assert "Saved meanwhile" not in left_alone.text
    ticked = left_alone.text.split('name="working_weekdays"')
    assert [" checked" in part.split(">")[0] for part in ticked[1:]] == [True] * 4 + [False] * 3


def test_the_look_and_the_mails_of_a_portal_are_not_overwritten(agency, olgas, alexs):
    page = reverse("clients:portal", args=[agency.acme.pk])
    edition = sent_by(olgas.get(page))["edition"]
    look, mails = (reverse(f"clients:{name}", args=[agency.acme.pk]) for name in ("look", "notices"))
    assert alexs.post(look, {"colour": "#112233", "edition": edition}).status_code == 302
    assert olgas.post(mails, {"notices": [], "edition": edition}).status_code == 409
    answer = olgas.post(look, {"colour": "#445566", "initial-colour": "", "edition": edition})
    assert answer.status_code == 409 and "Saved meanwhile: #112233" in answer.text
    portal = PortalSettings.objects.get(client=agency.acme)
    assert portal.colour == "#112233" and portal.notification_defaults == {}


def test_closing_days_left_alone_are_no_difference(agency, olgas, alexs):
    """A browser ends lines with two characters, in what it showed as in what was typed."""
    url, days = reverse("settings:calendar"), "2026-12-24\r\n2026-12-31"
    save(olgas, url, closing_days=days)
    more = {"initial-closing_days": days, "closing_days": days + "\r\n2027-01-02"}
    opened = sent_by(olgas.get(url), **more)
    save(alexs, reverse("settings:workspace"), name="Ouest")
    answer = olgas.post(url, opened)
    assert answer.status_code == 409 and "Saved meanwhile" not in answer.text


def test_a_logo_that_came_too_late_is_asked_for_again(agency, olgas, alexs):
    url = reverse("settings:look")
    opened = sent_by(olgas.get(url))
    save(alexs, url, colour="#112233")
    answer = olgas.post(url, opened | {"logo": make_upload("logo.png")})
    assert answer.status_code == 409 and "Choose the file again." in answer.text


def test_who_was_to_become_a_decision_maker_is_offered_again(busy, olgas, alexs):
    """A-31: nothing was saved, so nobody is called a decision maker who is none."""
    tom = make_contact(busy.acme, "Tom Renard", role="technical")
    url, key = reverse("deliverables:terms", args=[busy.homepage.pk]), tom.pk.hex
    opened = sent_by(olgas.get(url), **{f"place_{key}": "3", f"promote_{key}": "on"})
    save(alexs, url, deadline_days="7")
    answer = olgas.post(url, opened)
    assert answer.status_code == 409
    assert Membership.objects.get(contact=tom).role == "technical"
    assert f'name="promote_{key}"' in answer.text and "Technical" in answer.text
    assert olgas.post(url, sent_by(answer)).status_code == 302
    assert Membership.objects.get(contact=tom).role == "decision_maker"
