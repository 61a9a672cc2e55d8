"""The team's settings, through HTTP (A-05, A-25, A-35, A-37, BG-02, F7 of RELIABILITY)."""

import pytest
from django.urls import reverse

from parvis.access import Role
from parvis.config.messages import MESSAGES
from parvis.core.clock import now
from parvis.dashboard.pages.mail import WORDS
from parvis.files.due import make_waiting_previews
from parvis.files.models import StoredFile
from parvis.outbox.actions import enqueue
from parvis.outbox.models import Message, MessageState
from parvis.signin.api_tokens import find_api_token
from parvis.signin.models import ApiToken
from parvis.signin.tokens import digest
from parvis.team.models import Member, MemberInvitation
from tests.factories import make_file, make_member, make_upload


def url(name, *args):
    return reverse(f"settings:{name}", args=[arg.pk for arg in args])


def test_only_administrators_open_the_sections_of_the_workspace(agency, sign_in):
    """G2-17e: others are refused and not offered the link."""
    browser = sign_in(agency.alex)
    for section in ("workspace", "look", "calendar"):
        assert browser.get(url(section)).status_code == 403
        assert url(section) not in browser.get(url("people")).text
    assert browser.get(url("settings")).status_code == 302


def test_the_look_has_a_logo_a_colour_and_a_preview(agency, sign_in):
    """G1-06, A-37, DESIGN screen 16."""
    browser = sign_in(agency.olga)
    browser.post(url("look"), {"colour": "#aa3366", "logo": make_upload("logo.png")})
    agency.workspace.branding.refresh_from_db()
    assert agency.workspace.branding.colour == "#aa3366"
    logo = StoredFile.objects.get(pk=agency.workspace.branding.logo_id)
    make_waiting_previews(now())
    assert browser.get(url("logo", logo)).status_code == 200
    other = make_file(agency.workspace)
    make_waiting_previews(now())
    assert browser.get(url("logo", other)).status_code == 404  # RELIABILITY A4: no side door to other files
    assert browser.post(url("look"), {"colour": ""}).status_code == 422
    fragment = browser.get(url("look_preview") + "?colour=%23ffff00").text
    assert "The colour was moved a little" in fragment
    assert browser.get(url("look_preview") + "?colour=%23ff").status_code == 200


def test_the_calendar_takes_days_and_refuses_nonsense(agency, sign_in):
    """A-23, A-35."""
    facts = {
        "language": "es",
        "time_zone": "Europe/Madrid",
        "working_weekdays": ["0", "1", "2", "3"],
        "country": "ES",
        "closing_days": "2026-12-24\n2026-12-31",
        "send_time": "08:30",
    }
    browser = sign_in(agency.olga)
    browser.post(url("calendar"), facts)
    agency.workspace.calendar.refresh_from_db()
    assert agency.workspace.calendar.closing_days == ["2026-12-24", "2026-12-31"]
    refused = browser.post(url("calendar"), {**facts, "closing_days": "Christmas"})
    assert refused.status_code == 422
    assert "“Christmas” is not a date." in refused.text


def test_somebody_is_invited_joins_and_is_signed_in(agency, sign_in, client):
    """The GET of the link changes nothing (C1 of RELIABILITY)."""
    sign_in(agency.olga).post(
        url("new_invitation"), {"name": "Ines Kahn", "email": "ines@nord.test", "role": "manager"}
    )
    MemberInvitation.objects.update(digest=digest("secret"))
    page = reverse("team:accept", args=["secret"])
    assert client.get(page).status_code == 200
    assert not Member.objects.filter(user__email="ines@nord.test").exists()
    weak = client.post(page, {"first_name": "Ines", "password": "123"})
    assert weak.status_code == 422
    client.post(page, {"first_name": "Ines", "last_name": "Kahn", "password": "correct horse battery"})
    assert Member.objects.get(user__email="ines@nord.test").role == Role.MANAGER
    assert client.get(reverse("dashboard:home")).status_code == 200
    assert client.get(page).status_code == 410


def test_a_role_is_changed_by_a_button_and_not_by_passing_over_it(agency, sign_in):
    """WCAG 3.2.2: an arrow key in the list makes nobody an administrator."""
    browser = sign_in(agency.olga)
    form = browser.get(url("people")).text.split(url("member_role", agency.alex))[1].split("</form>")[0]
    assert "data-submit-on-change" not in form
    assert "<noscript>" not in form
    assert '<button class="button small">Save' in form
    browser.post(url("member_role", agency.alex), {"role": "admin"})
    agency.alex.refresh_from_db()
    assert agency.alex.role == Role.ADMIN


def test_who_is_in_the_team_already_is_refused_beside_the_field(agency, sign_in):
    """BG-02: what was typed comes back; an administrator is told that only owners make owners."""
    facts = {"name": "Alex Twice", "email": agency.alex.user.email, "role": "member"}
    answer = sign_in(agency.olga).post(url("new_invitation"), facts)
    assert answer.status_code == 422
    assert "already in the team" in str(answer.context["form"].errors["email"])
    assert 'value="Alex Twice"' in answer.text
    admin = make_member(agency.workspace, "Ada Reed", role=Role.ADMIN)
    answer = sign_in(admin).post(url("new_invitation"), {**facts, "email": "n@nord.test", "role": "owner"})
    assert answer.status_code == 422
    assert "Only an owner" in str(answer.context["form"].errors["role"])


def test_roles_change_and_the_last_owner_stays(agency, sign_in):
    """BG-02."""
    browser = sign_in(agency.olga)
    browser.post(url("member_role", agency.alex), {"role": "manager"})
    agency.alex.refresh_from_db()
    assert agency.alex.role == Role.MANAGER
    refused = browser.post(url("member_role", agency.olga), {"role": "admin"})
    assert refused.status_code == 409
    assert "needs an owner" in refused.text


def test_a_way_in_is_closed_however_often_it_is_pressed_and_opened_by_undo(agency, sign_in):
    """Of a double click, or two administrators who press at once, the second does not let them in again."""
    browser = sign_in(agency.olga)
    answer = browser.post(url("close_member_access", agency.alex), follow=True)
    assert "can no longer sign in" in answer.text
    assert f'action="{url("open_member_access", agency.alex)}"' in answer.text
    browser.post(url("close_member_access", agency.alex))
    assert sign_in(agency.alex).get(reverse("clients:clients")).status_code == 302
    browser.post(url("open_member_access", agency.alex))
    assert sign_in(agency.alex).get(reverse("clients:clients")).status_code == 200


@pytest.mark.parametrize("state", [MessageState.UNKNOWN, MessageState.FAILED])
def test_a_message_in_trouble_is_sent_again_by_a_person_once(agency, sign_in, state):
    """F7."""
    workspace = agency.workspace.pk
    message = enqueue(
        "contacts.access_link",
        key="one",
        workspace_id=workspace,
        payload={},
        at=now(),
        contact_id=agency.sarah.pk,
    )
    Message.objects.update(state=state)
    browser = sign_in(agency.olga)
    assert f'action="{url("resend", message)}"' in browser.get(url("mail")).text
    browser.post(url("resend", message))
    assert Message.objects.count() == 2
    assert browser.post(url("resend", message)).status_code == 409
    listed = browser.get(url("mail") + f"?state={state}").text
    assert "Somebody sent it again." in listed and "Send again" not in listed


@pytest.mark.parametrize("name", ["mfa_activate_totp", "mfa_generate_recovery_codes"])
def test_whoever_changes_how_to_sign_in_is_asked_again_who_they_are(agency, sign_in, name):
    """ASVS 7.5.1: an open screen is not enough."""
    answer = sign_in(agency.olga).post(reverse(name))
    assert answer.headers["Location"].startswith(reverse("account_reauthenticate"))


def test_a_token_is_shown_once_and_revoked(agency, sign_in):
    browser = sign_in(agency.olga)
    page = browser.post(url("tokens"), {"label": "Export", "scopes": ["read"], "days": "30"})
    raw = page.context["raw"]
    assert raw in page.text
    assert raw not in browser.get(url("tokens")).text
    assert find_api_token(raw, at=now()) is not None
    token = ApiToken.objects.get()
    assert sign_in(agency.alex).post(url("revoke_token", token)).status_code == 404
    browser.post(url("revoke_token", token))
    assert find_api_token(raw, at=now()) is None


def test_members_choose_their_own_language(agency, sign_in):
    """A-25: in the team's pages too."""
    browser = sign_in(agency.alex)
    facts = {"name": "Alex Durand", "language": "pt", "time_zone": "Europe/Lisbon"}
    assert '<html lang="pt"' in browser.post(url("profile"), facts, follow=True).text


def test_every_kind_of_message_has_a_name_people_understand():
    """DESIGN 6: never a field's name."""
    assert set(MESSAGES) == set(WORDS)


def test_the_list_of_passkeys_opens(agency, sign_in):
    """The library's page needs a library of template tags, and was a 500 without it."""
    assert sign_in(agency.alex).get(reverse("mfa_list_webauthn")).status_code == 200
