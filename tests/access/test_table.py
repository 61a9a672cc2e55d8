"""Every route in the name of everybody (RELIABILITY A1 to A6, A11; ARCHITECTURE 8)."""

import pytest

from tests.access import table_agency, table_portal
from tests.access.asking import AGENCY, OF_EVERY_VISIT, PORTAL, ask, routes
from tests.access.rows import CONTACTS, MEMBERS, NOBODY, STRANGERS, Row


def verdicts(rows, browsers, who, ids, urlconf):
    """What differs from the table for one kind of visitor."""
    is_stranger = who in (*NOBODY, *STRANGERS)
    for row in rows:
        answer = ask(browsers[who], row, ids, urlconf)
        if who in row.who:
            if not answer.is_allowed:
                yield f"{row} refuses {who}: {answer.status}"
            continue
        if answer.written - OF_EVERY_VISIT:
            yield f"{row} refused {who}, and wrote to {answer.written}"
        if row.is_choice and not is_stranger and answer.status == 422:
            continue
        if is_stranger and not answer.is_sent_away:
            yield f"{row} does not send {who} to the sign-in: {answer.status}"
        elif who in ("elsewhere", "sibling") and answer.status != 404:
            yield f"{row} is not 404 for {who}: {answer.status}"
        elif not is_stranger and answer.status not in (403, 404):
            yield f"{row} lets {who} in: {answer.status}"


@pytest.mark.parametrize("who", [*CONTACTS, *NOBODY])
def test_the_portal_answers_as_the_table_says(world, contacts, who):
    """G2-25, A-03, A-38, K-30."""
    differences = "\n".join(verdicts(table_portal.ROWS, contacts, who, world.ids, PORTAL))
    assert not differences, differences


@pytest.mark.parametrize("who", [*MEMBERS, *STRANGERS])
def test_the_teams_pages_answer_as_the_table_says(world, members, who):
    """G2-24, A-05."""
    differences = "\n".join(verdicts(table_agency.ROWS, members, who, world.ids, AGENCY))
    assert not differences, differences


@pytest.mark.parametrize(("urlconf", "table"), [(PORTAL, table_portal), (AGENCY, table_agency)])
def test_every_route_has_its_row(urlconf, table):
    """A route that nobody has thought about fails here; every refusal has somebody who is let in."""
    known = {row.route for row in table.ROWS} | table.OPEN
    ours = {name for name in routes(urlconf) if not name.startswith("api:")}
    open_ones = {name for name in table.OPEN if not name.startswith("api:")}
    assert ours - known == set()
    assert known - ours - table.OPEN == set()
    assert open_ones - ours == set()
    assert [str(row) for row in table.ROWS if not row.who] == []


@pytest.mark.parametrize(("urlconf", "table"), [(PORTAL, table_portal), (AGENCY, table_agency)])
def test_only_the_named_routes_are_open_to_strangers(urlconf, table):
    """D1 of ARCHITECTURE 4: the wall stands in front of every page but these."""
    opened = {
        name
        for name, view in routes(urlconf).items()
        if not getattr(view, "login_required", True) and not name.startswith("api:")
    }
    assert opened == {name for name in table.OPEN if not name.startswith("api:")}


@pytest.mark.parametrize("surface", ["portal", "team"])
def test_a_method_without_a_row_is_refused(request, world, surface):
    """A6: a page that also takes a form has a row for looking and a row for sending."""
    table, urlconf, browsers, who = {
        "portal": (table_portal, PORTAL, "contacts", "decision_maker"),
        "team": (table_agency, AGENCY, "members", "owner"),
    }[surface]
    browser = request.getfixturevalue(browsers)[who]
    listed = {(row.method, row.route) for row in table.ROWS}
    missing = [
        Row(method, row.route, row.who, row.ids)
        for row in table.ROWS
        for method in ("GET", "POST")
        if (method, row.route) not in listed
    ]
    taken = {str(row) for row in missing if ask(browser, row, world.ids, urlconf).status != 405}
    assert taken == set()
