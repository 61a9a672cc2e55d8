"""Taking over a list of clients (DESIGN 8, G2-07, P-14): reading it, saying what would happen, doing it."""

import pytest

from parvis.access import ContactRole, Forbidden
from parvis.clients.actions.contacts import delete_contact
from parvis.clients.actions.imports import Outcome, import_clients, plan_import
from parvis.clients.models import Client, Membership, MembershipState
from parvis.clients.sheets import SheetRow, SheetUnreadable, decode, read_sheet
from parvis.outbox.models import Message
from tests.factories import SUNDAY, make_client

LIST = """Client;Contact;E-mail;Role;Language
Nova Labs;Nora Berg;nora@nova.test;Decision maker;fr
Nova Labs;Nils Berg;nils@nova.test;Observer;
Acme Corp;Ada Roy;ada@acme.test;Billing;English
Acme Corp;Sarah Lopez;sarah-lopez@acme-corp.test;;
Solo;;;;
"""


def outcomes(text, actor):
    return [line.outcome for line in plan_import(read_sheet(text), actor=actor).lines]


@pytest.mark.parametrize("delimiter", ["\t", ";", ","])
def test_rows_are_read_whatever_divides_them(delimiter):
    rows = read_sheet(LIST.replace(";", delimiter))
    assert [row.client for row in rows] == ["Nova Labs", "Nova Labs", "Acme Corp", "Acme Corp", "Solo"]
    assert rows[0] == SheetRow(
        2, "Nova Labs", "Nora", "Berg", "nora@nova.test", role="Decision maker", language="fr"
    )


@pytest.mark.parametrize("text", ["Nova; Nora\nSolo", 'Nova, Nora\nBlue, Bea\n"Red; hot", Rob'])
def test_what_divides_some_rows_divides_all(text):
    assert read_sheet(text)[0].first_name == "Nora"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_file_of_excel_is_read_in_any_of_its_encodings(encoding):
    text = "Société;Prénom;Nom;Courriel\r\nCafé Lefèvre;Zoë;Müller;zoe@cafe.test\r\n"
    [row] = read_sheet(decode(text.encode(encoding)))
    assert (row.client, row.first_name, row.last_name) == ("Café Lefèvre", "Zoë", "Müller")


def test_a_workbook_is_no_list():
    with pytest.raises(SheetUnreadable):
        decode(b"PK\x03\x04 and so on")


@pytest.mark.parametrize(
    ("headings", "cells"),
    [
        ("Empresa;Nombre;Apellidos", "Nova;Ana María;Ruiz Gil"),
        ("Nome;Apelido;Cliente", "Ana María;Ruiz Gil;Nova"),
        ("Last name;First name;Company name;Colour", "Ruiz Gil;Ana María;Nova;red"),
    ],
)
def test_headings_may_be_in_any_order_and_language(headings, cells):
    [row] = read_sheet(f"{headings}\n{cells}")
    assert (row.client, row.first_name, row.last_name) == ("Nova", "Ana María", "Ruiz Gil")


def test_a_list_of_names_alone_is_enough():
    """DESIGN 8: paste a list of names."""
    assert [row.client for row in read_sheet("Nova Labs\n\nAcme, Inc\nSolo\n")] == [
        "Nova Labs",
        "Acme, Inc",
        "Solo",
    ]


@pytest.mark.parametrize(
    ("word", "role"),
    [
        ("", ContactRole.DECISION_MAKER),
        ("Décisionnaire", ContactRole.DECISION_MAKER),
        ("FACTURACIÓN", ContactRole.BILLING),
        ("technical", ContactRole.TECHNICAL),
        ("boss", None),
    ],
)
def test_a_role_is_known_in_four_languages(word, role):
    """G2-15, A-25."""
    assert SheetRow(1, role=word).contact_role == role


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (";Nora;nora@nova.test", "client is missing"),
        ("Nova;;nora@nova.test", "contact is missing"),
        ("Nova;Nora;nora@nova", "address is wrong"),
        ("Nova;Nora;nora@nova.test;boss", "role is unknown"),
        ("Nova;Nora;nora@nova.test;;klingon", "language is unknown"),
        ('=HYPERLINK("x");Nora;nora@nova.test', "formula"),
        ("@SUM(1);Nora;nora@nova.test", "formula"),
        (f"{'N' * 121};Nora;nora@nova.test", "too long"),
    ],
)
def test_a_row_that_cannot_be_taken_says_why(row, reason):
    [read] = read_sheet(row)
    assert reason in str(read.problem)


@pytest.mark.parametrize(
    "row", ["+Simple;Nora;n@s.test", "@work;Nora;n@s.test", "Nova;Nora;n@s.test;;;;+33 (0)2 40"]
)
def test_a_name_or_number_is_no_formula(row):
    [read] = read_sheet(row)
    assert not read.problem


def test_what_is_hostile_becomes_a_clean_line():
    """Threat F1: no breaks, no turned reading order."""
    [row] = read_sheet('"No\u202eva\r\nLabs\x00";Nora;nora@nova.test')
    assert row.client == "Nova Labs"


def test_the_plan_says_what_would_happen_to_each_row(agency, acting):
    """DESIGN 8; nothing is written."""
    before = Client.objects.count(), Membership.objects.count()
    plan = plan_import(read_sheet(LIST), actor=acting(agency.olga))
    assert [line.outcome for line in plan.lines] == [
        Outcome.NEW_CLIENT,
        Outcome.NEW_CONTACT,
        Outcome.NEW_CONTACT,
        Outcome.KNOWN,
        Outcome.NEW_CLIENT,
    ]
    assert plan.new_contacts == 3
    assert before == (Client.objects.count(), Membership.objects.count())


def test_a_person_of_another_client_stays_the_same_person(agency, acting):
    """P-14: one login; the plan says under which name they are known."""
    olga = acting(agency.olga)
    plan = plan_import(read_sheet("Nova;S. Lopez;SARAH-lopez@acme-corp.test"), actor=olga)
    assert "Sarah Lopez" in str(plan.lines[0].reason)
    [nova] = import_clients(plan, actor=olga, at=SUNDAY)
    assert nova.memberships.get().contact == agency.sarah


def test_a_deleted_contact_of_the_client_is_not_brought_back(agency, acting):
    """R-10: restoring is an action of its own."""
    olga = acting(agency.olga)
    delete_contact(agency.sarah, actor=olga, at=SUNDAY)
    assert outcomes("Acme Corp;Sarah Lopez;sarah-lopez@acme-corp.test", olga) == [Outcome.KNOWN]


def test_two_clients_of_one_name_are_left_to_a_person(agency, acting):
    make_client(agency.workspace, "acme corp")
    assert outcomes("Acme Corp;Ada Roy;ada@acme.test", acting(agency.olga)) == [Outcome.REFUSED]


def test_importing_does_what_the_plan_says_and_invites_nobody(agency, acting):
    """G2-07, G2-08, G2-15."""
    olga = acting(agency.olga)
    added = import_clients(plan_import(read_sheet(LIST), actor=olga), actor=olga, at=SUNDAY)
    assert [client.name for client in added] == ["Nova Labs", "Solo"]
    nora = added[0].memberships.get(is_main=True)
    assert (nora.contact.email, nora.contact.language) == ("nora@nova.test", "fr")
    assert added[0].memberships.get(contact__first_name="Nils").role == ContactRole.OBSERVER
    assert agency.acme.memberships.get(contact__email="ada@acme.test").role == ContactRole.BILLING
    assert not Membership.objects.filter(contact__email__contains="nova").exclude(state=MembershipState.NONE)
    assert not Message.objects.exists()
    assert set(outcomes(LIST, olga)) == {Outcome.KNOWN}  # a second time changes nothing


def test_whoever_may_not_add_clients_may_not_import(agency, acting):
    """G2-24b."""
    plan = plan_import(read_sheet(LIST), actor=acting(agency.olga))
    with pytest.raises(Forbidden):
        import_clients(plan, actor=acting(agency.alex), at=SUNDAY)
