"""Configuring a client's portal (G2-12, G2-24e)."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from parvis.access import Actor, Audience, Permission, Switch, require
from parvis.clients.models import PortalSettings
from parvis.core.editing import write
from parvis.events.actions import record
from parvis.events.kinds import EventKind

PRESETS: dict[str, frozenset[Switch]] = {
    "full": frozenset(Switch),
    "standard": frozenset(Switch) - {Switch.INVOICES},
    "review": frozenset(
        {Switch.PROGRESS, Switch.DOCUMENTS, Switch.COMMENTS, Switch.APPROVALS, Switch.MILESTONES}
    ),
    "documents": frozenset({Switch.DOCUMENTS, Switch.UPLOAD, Switch.MESSAGES}),
}
"""Switches per type of client (G2-22b): everything, the defaults of G1-08, review only, files only."""


@transaction.atomic
def configure_portal(
    portal: PortalSettings,
    *,
    actor: Actor,
    at: datetime,
    enabled: bool | None = None,
    switches: Collection[Switch] | None = None,
    welcome_messages: Mapping[str, str] | None = None,
    notification_defaults: Mapping[str, bool] | None = None,
    edition: int | None = None,
) -> PortalSettings:
    """Change what is given, leave the rest; from now on the server refuses what is off (G1-08, A-03).

    `edition` is the one that was read; raises EditedMeanwhile when it is no longer the last (G3).
    """
    require(actor, Permission.PORTAL_CONFIGURE, portal)
    before = portal.switches
    changes: dict[str, object] = {"updated_at": at}
    if enabled is not None:
        changes["enabled"] = enabled
    if switches is not None:
        changes |= {switch.value: switch in switches for switch in Switch}
    if welcome_messages is not None:
        changes["welcome_messages"] = {language: text for language, text in welcome_messages.items() if text}
    if notification_defaults is not None:
        changes["notification_defaults"] = dict(notification_defaults)
    if edition is None:  # only what is given is written: what another administrator saves meanwhile stays
        portal.refresh_from_db(fields=["edition"])
    write(portal, edition, **changes)
    _tell(
        portal,
        actor=actor,
        at=at,
        enabled=portal.enabled,
        switched_on=sorted(portal.switches - before),
        switched_off=sorted(before - portal.switches),
    )
    return portal


@transaction.atomic
def brand_portal(
    portal: PortalSettings,
    *,
    colour: str,
    logo_id: UUID | None,
    actor: Actor,
    at: datetime,
    edition: int | None = None,
) -> PortalSettings:
    """Override the workspace's colour or logo for this client; empty takes the workspace's (A-37).

    `edition` is the one that was read; raises EditedMeanwhile when it is no longer the last (G3).
    """
    require(actor, Permission.PORTAL_CONFIGURE, portal)
    write(portal, edition, colour=colour, logo_id=logo_id, updated_at=at)
    _tell(portal, actor=actor, at=at, colour=colour.removeprefix("#"), has_logo=logo_id is not None)
    return portal


def _tell(portal: PortalSettings, *, actor: Actor, at: datetime, **values: object) -> None:
    record(
        EventKind.PORTAL_CONFIGURED,
        actor=actor,
        subject=portal,
        at=at,
        audience=Audience.STAFF,
        values=values,
        names={"subject": portal.client.name},
    )
