"""The team's pages of clients, through HTTP (G2-05 to G2-17, G2-21 to G2-25, A-01, A-17)."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from parvis.access import Role, Switch
from parvis.backstage.models import ClientNote
from parvis.clients.models import Client, ClientState, Contact, Membership, MembershipState, PortalSettings
from parvis.core.clock import now
from parvis.dashboard.pages.clients import running_totals
from parvis.events.models import Event
from parvis.http.links import portal_address
from parvis.outbox.models import Message
from tests.factories import (
    CANARY,
    make_client,
    make_contact,
    make_draft,
    make_member,
    make_project,
    open_device,
    publish,
)


def url(name, *args):
    return reverse(f"clients:{name}", args=[getattr(arg, "pk", arg) for arg in args])


def test_a_new_client_stands_in_the_list(agency, sign_in):
    """G2-07, G2-08."""
    browser = sign_in(agency.olga)
    facts = {
        "name": "Nova Labs",
        "contact_first_name": "Nora",
        "contact_email": "nora@nova.test",
        "note": "Met at the fair.",
    }
    answer = browser.post(url("new"), facts, follow=True)
    assert "Nova Labs" in answer.text
    nova = Client.objects.get(name="Nova Labs")
    assert ClientNote.objects.get().body == "Met at the fair."
    assert url("client", nova) in browser.get(url("clients")).text


def test_a_client_without_a_name_is_refused_and_the_typed_text_kept(agency, sign_in):
    """G2-07a."""
    answer = sign_in(agency.olga).post(url("new"), {"name": " ", "sector": "Biotech"})
    assert answer.status_code == 422
    assert "Write the name of the client." in answer.text
    assert 'value="Biotech"' in answer.text
    assert Client.objects.count() == 2


def test_the_list_is_filtered_by_state_and_searched_by_name(agency, sign_in):
    """G2-05d, G2-06."""
    make_client(agency.workspace, "Sleepy", state=ClientState.INACTIVE)
    browser = sign_in(agency.olga)
    inactive = browser.get(url("clients") + "?state=inactive").text
    found = browser.get(url("clients") + "?q=bor").text
    assert "Sleepy" in inactive and ">Inactive<" in inactive
    assert f'href="{url("client", agency.borealis)}"' in found.split("<main")[1]
    assert f'href="{url("client", agency.acme)}"' not in found.split("<main")[1]


def test_the_list_goes_on_after_fifty(agency, sign_in):
    for number in range(60):
        make_client(agency.workspace, f"Client {number:02}")
    browser = sign_in(agency.olga)
    first = browser.get(url("clients"))
    assert len(first.context["list"].lines) == 50
    second = browser.get(url("clients") + first.context["next_url"])
    assert len(second.context["list"].lines) == 12
    names = [line.name for answer in (first, second) for line in answer.context["list"].lines]
    assert names == sorted(names)
    back = browser.get(url("clients") + second.context["previous_url"])
    assert back.context["list"].lines == first.context["list"].lines


def test_a_member_reads_figures_of_their_own_projects_only(agency, sign_in, acting):
    """G2-24a: neither in the list nor in the head of the record; whoever sees all projects reads all."""
    make_project(agency.acme, "Of others")
    totals = {
        person: running_totals(acting(person), [agency.acme.pk]) for person in (agency.olga, agency.alex)
    }
    assert totals[agency.olga][agency.acme.pk][0] == 2
    assert totals[agency.alex][agency.acme.pk][0] == 1
    (line,) = sign_in(agency.alex).get(url("clients")).context["list"].lines
    assert (line.name, line.running) == ("Acme Corp", 1)
    assert sign_in(agency.alex).get(url("client", agency.acme)).context["head"].running == 1


@pytest.mark.parametrize(("role", "sees"), [(Role.MANAGER, True), (Role.MEMBER, False)])
def test_amounts_are_for_managers(agency, sign_in, role, sees):
    """G2-24a, G2-24f."""
    agency.website.contract_amount_minor = 1_234_500
    agency.website.save()
    agency.alex.role = role
    agency.alex.save()
    browser = sign_in(agency.alex)
    pages = [url("clients"), url("client", agency.acme), url("projects", agency.acme)]
    pages.append(reverse("projects:project", args=[agency.website.pk]))
    pages.append(reverse("dashboard:home"))
    for page in pages:
        assert ("12,345" in browser.get(page).text) is sees, page


def test_a_member_sees_the_clients_of_their_projects_alone(agency, sign_in):
    """G2-24a."""
    browser = sign_in(agency.alex)
    assert browser.get(url("client", agency.acme)).status_code == 200
    assert browser.get(url("client", agency.borealis)).status_code == 404
    assert "Borealis" not in browser.get(url("clients")).text
    assert browser.post(url("state", agency.acme), {"state": "inactive"}).status_code == 403


def test_another_workspace_is_never_reached(agency, sign_in):
    """B1 of RELIABILITY: 404, not 403."""
    from tests.factories import make_workspace

    other = make_workspace("Elsewhere")
    stranger = make_member(other, "Eve Stone")
    assert sign_in(stranger).get(url("client", agency.acme)).status_code == 404


def test_a_deleted_client_comes_back_by_undo(agency, sign_in):
    """G2-24d, DESIGN 5: Undo after a deletion."""
    browser = sign_in(agency.olga)
    answer = browser.post(url("delete", agency.acme), follow=True)
    assert f'action="{url("restore", agency.acme)}"' in answer.text
    assert browser.get(url("client", agency.acme)).status_code == 404
    assert f'action="{url("restore", agency.acme)}"' not in browser.get(url("clients")).text  # offered once
    browser.post(url("restore", agency.acme))
    assert browser.get(url("client", agency.acme)).status_code == 200


def test_a_refused_change_of_state_says_why(agency, sign_in):
    """DOMAIN 3.3: 409 with a sentence."""
    answer = sign_in(agency.olga).post(url("state", agency.acme), {"state": "prospect"})
    assert answer.status_code == 409
    assert "cannot go from its present state" in answer.text


def test_editing_a_client_leaves_its_currency_alone(agency, sign_in):
    """A-21: the workspace offers the same list, and a code from nowhere is offered where it is kept."""
    browser = sign_in(agency.olga)
    settings = {"name": "Nord", "currency": "DKK", "email_from": ""}
    assert browser.post(reverse("settings:workspace"), settings).status_code == 302
    assert browser.post(reverse("settings:workspace"), {**settings, "currency": "QQQ"}).status_code == 422
    browser.post(reverse("clients:new"), {"name": "Nova"})
    nova = Client.objects.get(name="Nova")
    for currency in ("DKK", "QQQ"):
        Client.objects.filter(pk=nova.pk).update(currency=currency)
        form = browser.get(url("edit", nova)).context["form"]
        assert f'<option value="{currency}" selected>' in str(form["currency"])
        facts = {name: "" if (value := form[name].value()) is None else value for name in form.fields}
        assert browser.post(url("edit", nova), {**facts, "sector": "Biotech"}).status_code == 302
        nova.refresh_from_db()
        assert (nova.sector, nova.currency) == ("Biotech", currency)


def test_a_contact_is_invited_from_the_record(agency, sign_in):
    """G1-35, G2-13."""
    facts = {
        "first_name": "Nora",
        "email": "nora@acme.test",
        "role": "observer",
        "welcome_message": "Welcome, Nora.",
        "invite": "on",
    }
    answer = sign_in(agency.olga).post(url("new_contact", agency.acme), facts, follow=True)
    membership = Membership.objects.get(contact__email="nora@acme.test")
    assert (membership.state, membership.welcome_message) == (MembershipState.INVITED, "Welcome, Nora.")
    assert "not opened yet" in answer.text  # G1-35e: pending until used


def test_a_contact_is_added_while_the_portal_is_off_and_nothing_is_sent(agency, sign_in):
    """G2-11: the box is not ticked then, and ticking it all the same loses nothing."""
    PortalSettings.objects.filter(client=agency.acme).update(enabled=False)
    browser, page = sign_in(agency.olga), url("new_contact", agency.acme)
    assert not browser.get(page).context["form"]["invite"].value()
    facts = {"first_name": "Nora", "email": "nora@acme.test", "role": "observer", "invite": "on"}
    answer = browser.post(page, facts, follow=True)
    assert "Nothing was sent." in answer.text
    assert Membership.objects.get(contact__email="nora@acme.test").state == MembershipState.NONE


def test_a_contact_who_is_there_already_is_refused_beside_the_field(agency, sign_in):
    """P-14: everything typed comes back."""
    facts = {
        "first_name": "Sara",
        "function": "Marketing",
        "email": agency.sarah.email,
        "role": "observer",
        "welcome_message": "Welcome back.",
    }
    answer = sign_in(agency.olga).post(url("new_contact", agency.acme), facts)
    assert answer.status_code == 422
    assert "already a contact of this client" in str(answer.context["form"].errors["email"])
    assert 'value="Marketing"' in answer.text
    assert "Welcome back." in answer.text


def test_a_refused_invitation_keeps_its_words(agency, sign_in):
    """DOMAIN 3.3: whoever is inside is not invited; the message comes back with the reason."""
    page = url("invitation", agency.acme, agency.sarah)
    answer = sign_in(agency.olga).post(page, {"welcome_message": "Welcome back."})
    assert answer.status_code == 422
    assert "has already opened the portal" in answer.text
    assert "Welcome back." in answer.text


def test_an_invitation_can_be_limited_to_projects(agency, sign_in):
    """A-38."""
    shop = make_project(agency.acme, "Shop")
    facts = {"first_name": "Nora", "email": "n@acme.test", "role": "observer", "projects": [str(shop.pk)]}
    sign_in(agency.olga).post(url("new_contact", agency.acme), {**facts, "invite": "on"})
    membership = Membership.objects.get(contact__email="n@acme.test")
    assert not membership.reaches_all_projects
    foreign = make_project(agency.borealis, "Foreign")
    facts = {**facts, "email": "m@acme.test", "projects": [str(foreign.pk)]}
    assert sign_in(agency.olga).post(url("new_contact", agency.acme), facts).status_code == 422


def test_a_limit_set_before_the_invitation_is_kept_and_offered_with_it(agency, sign_in):
    """A-38: who is added without being invited reaches no more than was chosen."""
    shop, browser = make_project(agency.acme, "Shop"), sign_in(agency.olga)
    facts = {"first_name": "Nora", "email": "n@acme.test", "role": "observer", "projects": [str(shop.pk)]}
    browser.post(url("new_contact", agency.acme), facts)
    membership = Membership.objects.get(contact__email="n@acme.test")
    assert membership.state == MembershipState.NONE
    assert [row.project_id for row in membership.listed_projects.all()] == [shop.pk]
    assert not membership.reaches_all_projects
    form = browser.get(url("invitation", agency.acme, membership.contact)).context["form"]
    assert form["projects"].value() == [str(shop.pk)]


def test_an_access_is_closed_and_reopened_and_a_device_taken_out(agency, sign_in):
    """C4 of RELIABILITY."""
    browser = sign_in(agency.olga)
    device, _secret = open_device(agency.sarah, agency.acme)
    device.expires_at = device.created_at + timedelta(days=9999)
    device.save()
    assert "Firefox, Linux" in browser.get(url("contacts", agency.acme)).text
    browser.post(url("forget_device", agency.acme, agency.sarah, device))
    device.refresh_from_db()
    assert device.revoked_at is not None
    browser.post(url("close_access", agency.acme, agency.sarah))
    membership = Membership.objects.get(contact=agency.sarah)
    assert membership.state == MembershipState.DISABLED
    browser.post(url("reopen_access", agency.acme, agency.sarah))
    membership.refresh_from_db()
    assert membership.state == MembershipState.ACTIVE


def test_the_address_of_the_portal_is_shown_and_a_link_sent(agency, sign_in):
    """K-42, K-43: an answer to "where do I enter?"."""
    browser = sign_in(agency.olga)
    address = portal_address(agency.workspace)
    assert f'readonly value="{address}"' in browser.get(url("portal", agency.acme)).text
    send = url("create_link", agency.acme, agency.sarah)
    assert f'action="{send}"' in browser.get(url("contacts", agency.acme)).text
    assert "gets an access link by mail." in browser.post(send, follow=True).text
    assert Message.objects.get(kind="contacts.access_link").contact_id == agency.sarah.pk
    Membership.objects.filter(contact=agency.sarah).update(state=MembershipState.INVITED)
    assert f'action="{send}"' not in browser.get(url("contacts", agency.acme)).text
    assert browser.post(send).status_code == 409


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("close_access", {}),
        ("delete_contact", {}),
        ("contact_role", {"role": "observer"}),
        (
            "edit_contact",
            {"first_name": "Sarah", "last_name": "Lopez", "email": "s@a.test", "role": "technical"},
        ),
    ],
)
def test_whoever_takes_a_right_away_hears_what_waits_for_it(agency, sign_in, name, facts):
    """A-31, A-03: never refused, but said."""
    homepage = make_draft(agency.website, approvers=[agency.sarah, agency.mark])
    publish(homepage, at=now())
    publish(make_draft(agency.website, "Logo", approvers=[agency.mark]), at=now())
    browser = sign_in(agency.olga)
    answer = browser.post(url(name, agency.acme, agency.sarah), facts, follow=True)
    assert "An approval waits for Sarah Lopez, who cannot give it any more: Homepage." in answer.text
    tracked = browser.get(reverse("deliverables:deliverable", args=[homepage.pk]) + "?side=tracking").text
    assert tracked.count("Cannot answer") == 1
    told = browser.get(reverse("deliverables:new_version", args=[homepage.pk])).text
    assert "Cannot answer" in told and "Choose who approves" in told


def test_a_contact_is_edited_and_deleted_with_undo(agency, sign_in):
    """R-10."""
    browser = sign_in(agency.olga)
    facts = {"first_name": "Sara", "email": agency.sarah.email, "role": "technical"}
    browser.post(url("edit_contact", agency.acme, agency.sarah), facts)
    agency.sarah.refresh_from_db()
    assert agency.sarah.first_name == "Sara"
    assert Membership.objects.get(contact=agency.sarah).role == "technical"
    browser.post(url("delete_contact", agency.acme, agency.sarah))
    assert not Contact.objects.existing().filter(pk=agency.sarah.pk).exists()
    browser.post(url("restore_contact", agency.acme, agency.sarah))
    assert Contact.objects.existing().filter(pk=agency.sarah.pk).exists()


def test_the_switches_are_saved_and_internal_discussions_have_none(agency, sign_in):
    """G1-08e, G2-12, A-01, A-02: whatever a form says, there is no such switch."""
    browser = sign_in(agency.olga)
    chosen = {"enabled": "on", "switches": ["comments", "approvals"], "internal": "on"}
    answer = browser.post(url("switches", agency.acme), chosen, follow=True)
    agency.acme.portal.refresh_from_db()
    assert agency.acme.portal.switches == {Switch.COMMENTS, Switch.APPROVALS}
    assert "cannot be shown to a client" in answer.text
    browser.post(url("switches", agency.acme), {"preset": "standard"})
    agency.acme.portal.refresh_from_db()
    assert agency.acme.portal.switches == set(Switch) - {Switch.INVOICES}  # G2-22b
    assert agency.acme.portal.enabled


def test_a_portal_form_that_cannot_be_read_is_refused_and_changes_nothing(agency, sign_in):
    browser = sign_in(agency.olga)
    before = agency.acme.portal.switches, agency.acme.portal.notification_defaults
    broken = {"switches": ["internal"], "notices": ["everything"], "edition": "first"}
    for name in ("switches", "notices"):
        assert browser.post(url(name, agency.acme), broken).status_code == 422
    agency.acme.portal.refresh_from_db()
    assert (agency.acme.portal.switches, agency.acme.portal.notification_defaults) == before


def test_only_administrators_configure_a_portal(agency, sign_in):
    """G2-24e."""
    manager = make_member(agency.workspace, "Mona Reed", role=Role.MANAGER)
    assert sign_in(manager).post(url("switches", agency.acme), {}).status_code == 403
    assert sign_in(manager).get(url("portal", agency.acme)).status_code == 200


def test_the_welcome_message_has_four_languages(agency, sign_in):
    """G1-07."""
    browser = sign_in(agency.olga)
    browser.post(url("welcome", agency.acme), {"fr": "Bienvenue", "en": "Welcome", "es": "", "pt": ""})
    agency.acme.portal.refresh_from_db()
    assert agency.acme.portal.welcome_in("pt") in ("Bienvenue", "Welcome")


def test_a_wrong_colour_is_refused_and_a_pale_one_is_told_of(agency, sign_in):
    """A-37, DESIGN 2."""
    browser = sign_in(agency.olga)
    assert browser.post(url("look", agency.acme), {"colour": "green"}).status_code == 422
    answer = browser.post(url("look", agency.acme), {"colour": "#ffff00"}, follow=True)
    assert "The colour was moved a little" in answer.text


def test_notes_stay_inside(busy, sign_in):
    """G2-17f: on the notes tab and nowhere else."""
    browser = sign_in(busy.olga)
    assert CANARY in browser.get(url("notes", busy.acme)).text
    for tab in ("client", "timeline", "contacts", "documents"):
        assert CANARY not in browser.get(url(tab, busy.acme)).text
    browser.post(url("notes", busy.acme), {"body": "Second note"})
    assert ClientNote.objects.count() == 2


def test_what_does_not_fit_is_said(agency, sign_in):
    """G2-21a, b, c: completeness, fewer than two contacts, a state the projects contradict."""
    make_contact(agency.borealis, "Bea Lund")
    browser = sign_in(agency.olga)
    text = browser.get(url("client", agency.borealis)).text
    assert "Still missing:" in text
    assert "but the projects speak for “Inactive”" in text
    assert "Add a second contact" not in text
    lonely = make_client(agency.workspace, "Lonely")
    assert "Add a second contact" in browser.get(url("client", lonely)).text


def test_the_portal_is_shown_as_a_contact_sees_it_and_the_log_knows(agency, sign_in):
    """Issue E: view as Sarah, read-only, logged."""
    answer = sign_in(agency.olga).post(url("preview", agency.acme, agency.sarah))
    assert answer.status_code == 302
    assert f"/p/{agency.workspace.slug}/preview/" in answer["Location"]
    assert Event.objects.filter(kind="portal.viewed_as").count() == 1
    assert sign_in(agency.alex).post(url("preview", agency.acme, agency.sarah)).status_code == 403


def test_the_explanation_names_what_refuses(agency, sign_in):
    """A-03, G2-25d."""
    nora = make_contact(agency.acme, "Nora Berg", role="observer")
    address = reverse("dashboard:explain") + f"?contact={nora.pk}&kind=project&id={agency.website.pk}"
    text = sign_in(agency.olga).get(address).text
    assert "Not met: the role allows it (Observer)" in text
    assert "Not allowed" in text
    foreign = reverse("dashboard:explain") + f"?contact={agency.bo.pk}"
    assert sign_in(agency.alex).get(foreign).status_code == 404


def test_the_timeline_speaks_in_sentences(busy, sign_in):
    """G2-02d."""
    text = sign_in(busy.olga).get(url("timeline", busy.acme)).text
    assert "Sarah Lopez commented on Homepage, version 1" in text


def test_the_record_names_who_hears_of_overdue_approvals(agency, sign_in):
    """A-14: one of the client's own people."""
    browser = sign_in(agency.olga)
    shown = browser.get(url("edit", agency.acme)).text
    assert f'value="{agency.mark.pk}"' in shown and f'value="{agency.bo.pk}"' not in shown
    facts = {"name": "Acme Corp", "currency": "EUR", "colour": "1", "escalation_contact": agency.mark.pk}
    assert browser.post(url("edit", agency.acme), facts).status_code == 302
    agency.acme.refresh_from_db()
    assert agency.acme.escalation_contact == agency.mark
    assert (
        browser.post(url("edit", agency.acme), {**facts, "escalation_contact": agency.bo.pk}).status_code
        == 422
    )


def test_an_address_of_somebody_else_is_refused_beside_its_field(agency, sign_in):
    """Everything else that was typed stays typed."""
    facts = {"first_name": "Sara", "email": agency.mark.email, "role": "decision_maker", "function": "Press"}
    answer = sign_in(agency.olga).post(url("edit_contact", agency.acme, agency.sarah), facts)
    assert answer.status_code == 422
    assert "Another contact already has this e-mail address." in answer.text
    assert 'value="Press"' in answer.text
    agency.sarah.refresh_from_db()
    assert agency.sarah.first_name == "Sarah"


def test_a_list_is_looked_at_before_it_is_added(agency, sign_in):
    """DESIGN 8: the preview writes nothing; what was agreed to is added, all of it."""
    browser = sign_in(agency.olga)
    assert f'href="{url("import")}"' in browser.get(url("clients")).text
    rows = "Nova Labs; Nora Berg; nora@nova.test; boss\nBlue; Bea; bea@blue.test\n"
    seen = browser.post(url("import"), {"text": rows})
    assert "This role is unknown." in seen.text and "nora@nova.test; boss" in seen.text
    assert Client.objects.count() == 2
    agreed = seen.context["plan"].fingerprint
    again = browser.post(url("import"), {"text": rows + "Red\n", "agreed": agreed})
    assert again.status_code == 200 and Client.objects.count() == 2  # a changed list is looked at anew
    answer = browser.post(url("import"), {"text": rows, "agreed": agreed}, follow=True)
    assert "1 client was added." in answer.text
    assert Client.objects.get(name="Blue").memberships.get().contact.email == "bea@blue.test"


def test_a_file_stands_in_the_field_for_correcting(agency, sign_in):
    """Windows-1252 with semicolons, as Excel writes it."""
    file = SimpleUploadedFile("clients.csv", "Société;Nom\nCafé Nord;Zoë".encode("cp1252"))
    answer = sign_in(agency.olga).post(url("import"), {"file": file})
    assert "The e-mail address is wrong or missing." in answer.text
    assert "Café Nord;Zoë" in answer.text


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"text": " \n"}, "Paste a few rows"),
        ({"text": "Client\n" + "Nova\n" * 501}, "At most 500 rows"),
        ({"text": "Nova", "file": SimpleUploadedFile("c.xlsx", b"PK\x03\x04")}, "cannot be read as a list"),
        ({"text": "Nova", "file": SimpleUploadedFile("c.csv", b"x" * 1_000_001)}, "larger than 1 MB"),
    ],
)
def test_a_list_that_cannot_be_read_comes_back(agency, sign_in, data, words):
    answer = sign_in(agency.olga).post(url("import"), data)
    assert answer.status_code == 422
    assert words in answer.text
    assert data["text"].split("\n")[0] in answer.text.split("<textarea")[1]
