"""Who cannot answer is not asked, not reminded, and shown as such (A-03, A-31)."""

from datetime import UTC, datetime

import pytest

from parvis.clients.actions.contacts import (
    change_contact_role,
    delete_contact,
    reopen_access,
    set_project_reach,
)
from parvis.clients.actions.grants import revoke_access
from parvis.clients.models import Membership, PortalSettings
from parvis.deliverables.actions import Approver, Terms, nudge, set_terms
from parvis.deliverables.due import due
from parvis.deliverables.errors import (
    ApprovalsAreOff,
    ApproverCannotAnswer,
    ApproverHasNoAccess,
    PortalIsOff,
    WantsNoReminders,
)
from parvis.deliverables.models import DeliverableState, Purpose
from parvis.deliverables.tracking import tracking
from parvis.notifications.preferences import set_preferences
from parvis.reminders.models import ReminderRun
from tests.factories import SUNDAY, make_draft, publish


def on(day: int) -> datetime:
    """Past nine in Paris, when reminders leave."""
    return datetime(2024, 12, day, 8, 1, tzinfo=UTC)


@pytest.fixture
def homepage(agency):
    return make_draft(agency.website, approvers=[agency.sarah])


@pytest.fixture
def sarahs(agency):
    """Her membership of Acme."""
    return Membership.objects.select_related("client__portal", "contact").get(contact=agency.sarah)


def runs_of(contact):
    runs = ReminderRun.objects.filter(recipient_id=contact.pk).order_by("planned_for")
    return list(runs.values_list("outcome", "reason"))


def test_nothing_is_published_for_somebody_whose_access_is_closed(homepage, agency, sarahs, acting):
    """A-31: the refusal names who; reopened, the same person can be asked."""
    revoke_access(sarahs, actor=acting(agency.olga), at=SUNDAY)
    with pytest.raises(ApproverHasNoAccess) as refusal:
        publish(homepage)
    assert "Sarah Lopez" in str(refusal.value) and refusal.value.contact_ids == [agency.sarah.pk]
    homepage.refresh_from_db()
    assert homepage.state == DeliverableState.DRAFT
    reopen_access(sarahs, actor=acting(agency.olga), at=SUNDAY)
    assert publish(homepage).number == 1


def test_nobody_whose_access_is_closed_is_designated(homepage, agency, sarahs, acting):
    revoke_access(sarahs, actor=acting(agency.olga), at=SUNDAY)
    terms = {"terms": Terms(), "actor": acting(agency.olga), "at": SUNDAY}
    with pytest.raises(ApproverHasNoAccess):
        set_terms(homepage, approvers=[Approver(agency.sarah.pk)], **terms)
    set_terms(homepage, approvers=[Approver(agency.mark.pk)], **terms)


@pytest.mark.parametrize(("field", "refused"), [("enabled", PortalIsOff), ("approvals", ApprovalsAreOff)])
def test_nothing_is_published_for_approval_where_nobody_could_approve(homepage, agency, field, refused):
    """A-03, G1-08c: what asks for no approval can be shown all the same."""
    PortalSettings.objects.filter(client=agency.acme).update(**{field: False})
    with pytest.raises(refused):
        publish(homepage)
    publish(make_draft(agency.website, "Notice", purpose=Purpose.INFORMATION))
    PortalSettings.objects.filter(client=agency.acme).update(**{field: True})
    publish(homepage)


@pytest.mark.parametrize("how", ["revoked", "another role", "another project", "deleted", "switched off"])
def test_who_can_no_longer_answer_is_tracked_as_such_and_not_reminded(homepage, agency, sarahs, acting, how):
    """A-31, G1-02c: noted once, whatever took the right away; no reminder is promised either."""
    publish(homepage)
    facts = {"actor": acting(agency.olga), "at": SUNDAY}
    match how:
        case "revoked":
            revoke_access(sarahs, **facts)
        case "another role":
            change_contact_role(sarahs, role="observer", **facts)
        case "another project":
            set_project_reach(sarahs, projects=[], **facts)
        case "deleted":
            delete_contact(agency.sarah, **facts)
        case "switched off":
            PortalSettings.objects.filter(client=agency.acme).update(approvals=False)
    for day in (16, 17, 18):
        assert due(on(day))["approval_reminders"] == 0
    assert runs_of(agency.sarah) == [("skipped", "no_access")]
    [sarah] = tracking(homepage, on(18)).approvers
    assert sarah.cannot_answer and sarah.next_reminder_on is None
    with pytest.raises(ApproverCannotAnswer):
        nudge(homepage, contact_id=agency.sarah.pk, actor=acting(agency.olga), at=on(18))


def test_who_gets_the_access_back_is_reminded_again(homepage, agency, sarahs, acting):
    publish(homepage)
    revoke_access(sarahs, actor=acting(agency.olga), at=SUNDAY)
    due(on(16))
    reopen_access(sarahs, actor=acting(agency.olga), at=on(16))
    assert due(on(17))["approval_reminders"] == 1
    [sarah] = tracking(homepage, on(17)).approvers
    assert not sarah.cannot_answer and sarah.next_reminder_on.isoformat() == "2024-12-18"


def test_who_wants_no_reminders_is_planned_none(homepage, agency, acting):
    """A-10, G1-23: noted once, not day after day; the team sees it; neither clock nor hand goes past it."""
    publish(homepage)
    set_preferences(agency.sarah, {"reminders": False}, actor=acting(agency.sarah), at=SUNDAY)
    for day in (16, 17, 18):
        assert due(on(day))["approval_reminders"] == 0
    assert runs_of(agency.sarah) == [("skipped", "opted_out")]
    [sarah] = tracking(homepage, on(18)).approvers
    assert sarah.wants_no_reminders and sarah.next_reminder_on is None and not sarah.cannot_answer
    with pytest.raises(WantsNoReminders):
        nudge(homepage, contact_id=agency.sarah.pk, actor=acting(agency.olga), at=on(18))

    set_preferences(agency.sarah, {"reminders": True}, actor=acting(agency.sarah), at=on(18))
    assert due(on(19))["approval_reminders"] == 1


def test_the_default_of_the_portal_counts_where_nothing_was_chosen(homepage, agency, acting):
    """G1-09: what the person chose goes before it."""
    publish(homepage)
    PortalSettings.objects.filter(client=agency.acme).update(notification_defaults={"reminders": False})
    assert due(on(16))["approval_reminders"] == 0
    set_preferences(agency.sarah, {"reminders": True}, actor=acting(agency.sarah), at=on(16))
    assert due(on(17))["approval_reminders"] == 1
