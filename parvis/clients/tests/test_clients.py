"""Adding, changing, deleting clients (G2-07, G2-08, G2-22a, G2-24, DOMAIN 3.3)."""

import pytest

from parvis.access import ContactRole, Forbidden, Switch
from parvis.clients.actions.clients import (
    ClientFacts,
    add_client,
    change_client_state,
    delete_client,
    edit_client,
    restore_client,
)
from parvis.clients.actions.contacts import NewContact
from parvis.clients.actions.grants import LinkExpired, issue_token, open_link
from parvis.clients.actions.portals import configure_portal
from parvis.clients.actors import contact_actor
from parvis.clients.errors import ClientInUse, StateChangeImpossible
from parvis.clients.models import Client, ClientState, Membership, PortalSettings, TokenPurpose
from parvis.clients.rules import TRANSITIONS, completeness, suggested_state
from parvis.events.kinds import EventKind
from parvis.events.models import Event
from tests.factories import SUNDAY, ask_for_link, open_device


def forbids(client):
    """A package above that still needs the client."""
    return "Two invoices belong to this client." if client.name == "Acme Corp" else None


BLOCKERS = [f"{__name__}.forbids"]


def test_a_new_client_has_a_portal_that_is_on(agency, acting):
    """G2-07, G2-08, G2-22a, G1-08: invoices are the one switch that starts off."""
    client = add_client(
        workspace_id=agency.workspace.pk,
        name="  Nova \n Labs ",
        actor=acting(agency.olga),
        at=SUNDAY,
        main_contact=NewContact("Nora", "nora@nova.test", last_name="Berg"),
        facts=ClientFacts(sector="Biotech"),
    )
    assert client.name == "Nova Labs"
    assert client.owner == agency.olga
    assert client.portal.enabled
    assert client.portal.switches == set(Switch) - {Switch.INVOICES}
    main = client.memberships.get(is_main=True)
    assert (main.role, main.contact.handle) == (ContactRole.DECISION_MAKER, "client-nora")
    kinds = Event.objects.filter(client_id=client.pk).values_list("kind", flat=True)
    assert set(kinds) == {EventKind.CLIENT_ADDED, EventKind.CONTACT_ADDED}


def test_a_member_of_the_lowest_role_adds_no_client(agency, acting):
    """G2-24b."""
    with pytest.raises(Forbidden):
        add_client(workspace_id=agency.workspace.pk, name="Nova", actor=acting(agency.alex), at=SUNDAY)


def test_the_escalation_contact_is_one_of_the_clients_own_people(agency, acting):
    """A-14."""
    olga = acting(agency.olga)
    facts = ClientFacts(escalation_contact_id=agency.mark.pk)
    edit_client(agency.acme, name="Acme Corp", facts=facts, actor=olga, at=SUNDAY)
    assert Client.objects.get(pk=agency.acme.pk).escalation_contact == agency.mark
    foreign = ClientFacts(escalation_contact_id=agency.bo.pk)
    with pytest.raises(Membership.DoesNotExist):
        edit_client(agency.acme, name="Acme Corp", facts=foreign, actor=olga, at=SUNDAY)


def test_two_administrators_save_different_parts_of_a_portal(agency, acting):
    """RELIABILITY G3: neither takes back what the other has just saved."""
    olga = acting(agency.olga)
    mine = PortalSettings.objects.get(client=agency.acme)
    theirs = PortalSettings.objects.get(client=agency.acme)
    configure_portal(mine, switches=[Switch.DOCUMENTS], actor=olga, at=SUNDAY)
    configure_portal(theirs, welcome_messages={"en": "Hello"}, actor=olga, at=SUNDAY)
    kept = PortalSettings.objects.get(client=agency.acme)
    assert (kept.switches, kept.welcome_in("en")) == ({Switch.DOCUMENTS}, "Hello")


def test_a_contact_edits_no_client(agency, acting):
    with pytest.raises(Forbidden):
        edit_client(agency.acme, name="Mine", facts=ClientFacts(), actor=acting(agency.sarah), at=SUNDAY)


@pytest.mark.parametrize("before", ClientState)
@pytest.mark.parametrize("after", ClientState)
def test_only_the_listed_transitions_are_possible(agency, acting, before, after):
    """DOMAIN 3.3, A-17."""
    agency.acme.state = before
    agency.acme.save()
    if after in TRANSITIONS[before]:
        change_client_state(agency.acme, state=after, actor=acting(agency.olga), at=SUNDAY)
        assert Client.objects.get(pk=agency.acme.pk).state == after
    else:
        with pytest.raises(StateChangeImpossible):
            change_client_state(agency.acme, state=after, actor=acting(agency.olga), at=SUNDAY)


def test_whoever_changes_the_state_second_is_told(agency, acting):
    stale = Client.objects.get(pk=agency.acme.pk)
    change_client_state(agency.acme, state=ClientState.SUSPENDED, actor=acting(agency.olga), at=SUNDAY)
    with pytest.raises(StateChangeImpossible):
        change_client_state(stale, state=ClientState.INACTIVE, actor=acting(agency.olga), at=SUNDAY)


def test_a_deleted_client_leaves_every_list_and_restored_it_is_whole(agency, acting):
    """G2-24d: soft. Meanwhile no device is inside, no link opens and none is sent; then all of it is back."""
    olga = acting(agency.olga)
    device, _secret = open_device(agency.sarah, agency.acme)
    unused = issue_token(agency.mark, agency.acme, purpose=TokenPurpose.INVITATION, at=SUNDAY)
    delete_client(agency.acme, actor=olga, at=SUNDAY)
    assert agency.acme not in Client.objects.visible_to(olga)
    assert contact_actor(device, SUNDAY) is None
    with pytest.raises(LinkExpired):
        open_link(unused, device_secret=None, label="", at=SUNDAY)
    for asked in ({"email": agency.sarah.email}, {"secret": unused}):
        assert ask_for_link(agency.workspace, at=SUNDAY, **asked) == 0

    restore_client(Client.objects.deleted_for(olga).get(), actor=olga, at=SUNDAY)
    assert agency.acme in Client.objects.visible_to(olga)
    assert agency.acme.pk in contact_actor(device, SUNDAY).clients
    assert open_link(unused, device_secret=None, label="", at=SUNDAY).contact == agency.mark


def test_what_depends_on_a_client_forbids_its_deletion(agency, acting, settings):
    """G2-24d, BG-02."""
    settings.BLOCKERS = f"{__name__}.BLOCKERS"
    with pytest.raises(ClientInUse) as refusal:
        delete_client(agency.acme, actor=acting(agency.olga), at=SUNDAY)
    assert str(refusal.value) == "Two invoices belong to this client."
    delete_client(agency.borealis, actor=acting(agency.olga), at=SUNDAY)


def test_the_state_is_suggested_where_it_no_longer_fits():
    """G2-21c."""
    assert suggested_state(ClientState.ACTIVE, 0) == ClientState.INACTIVE
    assert suggested_state(ClientState.PROSPECT, 1) == ClientState.ACTIVE
    assert suggested_state(ClientState.ACTIVE, 2) is None
    assert suggested_state(ClientState.SUSPENDED, 2) is None


def test_completeness_counts_what_is_there():
    """G2-21a."""
    assert completeness({"phone": True, "sector": False}).percent == 50
    assert completeness({"phone": True, "sector": False}).missing == ("sector",)
