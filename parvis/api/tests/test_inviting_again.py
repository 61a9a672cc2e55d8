"""What a second invitation leaves as it was (A-38), and whose messages a member reaches (G2-24a)."""

from parvis.access import Role
from parvis.api.tests.callers import Caller
from parvis.clients.models import Membership, MembershipState
from parvis.outbox.actions import enqueue
from tests.factories import SUNDAY, assign, make_contact, make_member, make_project


def test_inviting_again_lifts_no_limit(agency):
    """A-38: limited to one project, and still so when nobody speaks of projects; null lifts it."""
    nora = make_contact(
        agency.acme,
        "Nora Berg",
        state=MembershipState.INVITED,
        projects=[agency.website],
        email="n@acme.test",
    )
    membership = Membership.objects.get(contact=nora)
    path = f"/clients/{agency.acme.pk}/contacts/{nora.pk}/invitation"
    caller = Caller(agency.olga)

    again = caller.call("POST", path, json={"welcome_message": "Once more."})
    assert again.status_code == 201, again.content
    membership.refresh_from_db()
    assert not membership.reaches_all_projects
    assert [row.project_id for row in membership.listed_projects.all()] == [agency.website.pk]

    assert caller.call("POST", path, json={"project_ids": None}).status_code == 201
    membership.refresh_from_db()
    assert membership.reaches_all_projects


def test_a_member_reaches_the_messages_to_their_own_clients_only(agency):
    """G2-24a: neither listed nor sent again."""
    outsider = make_member(agency.workspace, "Ole Olsen", role=Role.MEMBER)
    assign(outsider, make_project(agency.borealis, "Poster"))
    message = enqueue(
        "contacts.access_link",
        key="lost",
        workspace_id=agency.workspace.pk,
        payload={"client_id": agency.acme.pk},
        at=SUNDAY,
        contact_id=agency.sarah.pk,
    )
    type(message).objects.filter(pk=message.pk).update(state="unknown")
    for member, expected in ((outsider, []), (agency.alex, [str(message.pk)])):
        answer = Caller(member).call("GET", "/messages")
        assert [row["id"] for row in answer.json()["items"]] == expected
    assert Caller(outsider).call("POST", f"/messages/{message.pk}/resending").status_code == 404
