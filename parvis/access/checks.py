"""May this actor do this here? Answered as a list of named conditions, so that a refusal can be explained."""

from dataclasses import dataclass
from typing import Protocol

from django.core.exceptions import PermissionDenied

from parvis.access.actors import Actor, ActorKind, ClientAccess
from parvis.access.permissions import CONTACT_ROLES, READS, STAFF_ROLES, SWITCHES, Permission
from parvis.access.roles import Audience, Guard


class Guarded(Protocol):
    """Anything that tells what protects it."""

    @property
    def guard(self) -> Guard: ...


@dataclass(frozen=True, slots=True)
class Condition:
    """One reason a thing is allowed or refused; `name` is a stable code, `detail` a value to show."""

    name: str
    holds: bool
    detail: str = ""


class Forbidden(PermissionDenied):
    """The actor may not do such a thing; `conditions` say which of them refused."""

    def __init__(self, permission: Permission, conditions: list[Condition]) -> None:
        super().__init__(permission.value)
        self.permission = permission
        self.conditions = conditions

    @property
    def reasons(self) -> list[str]:
        """Codes of the conditions that refused."""
        return [c.name for c in self.conditions if not c.holds]


def explain(actor: Actor, permission: Permission, subject: Guarded) -> list[Condition]:
    """Every condition of the effective right, in order; all must hold (A-03: deny wins)."""
    guard = subject.guard
    conditions = [Condition("workspace", actor.workspace_id == guard.workspace_id)]
    if actor.kind is ActorKind.SYSTEM:
        return conditions
    if actor.scopes is not None:
        conditions.append(Condition("scope", scope_for(permission) in actor.scopes, scope_for(permission)))
    if actor.kind is ActorKind.MEMBER:
        conditions += _member_conditions(actor, permission, guard)
    else:
        conditions += _contact_conditions(actor, permission, guard)
    if permission not in READS:
        conditions.append(Condition("not_preview", not actor.is_preview))
        if actor.is_contact:
            conditions.append(Condition("project_state", guard.writable, guard.closed_because))
    return conditions


def may(actor: Actor, permission: Permission, subject: Guarded) -> bool:
    """Whether `require` would pass; for what a page offers, never instead of `require`."""
    return all(condition.holds for condition in explain(actor, permission, subject))


def require(actor: Actor, permission: Permission, subject: Guarded) -> None:
    """Raise Forbidden unless the actor may do this to the subject."""
    conditions = explain(actor, permission, subject)
    if not all(condition.holds for condition in conditions):
        raise Forbidden(permission, conditions)


def scope_for(permission: Permission) -> str:
    """The API scope a permission needs: `read` for looking, else `write`."""
    return "read" if permission in READS else "write"


def _member_conditions(actor: Actor, permission: Permission, guard: Guard) -> list[Condition]:
    """Role (G2-24) and, for the lowest role, the projects they work on."""
    role = actor.role
    conditions = [Condition("role", role in STAFF_ROLES.get(permission, frozenset()), role or "")]
    if actor.assigned_client_ids is not None and guard.client_id is not None:
        conditions.append(Condition("assigned", guard.client_id in actor.assigned_client_ids))
    if actor.assigned_project_ids is not None and guard.project_id is not None:
        conditions.append(Condition("assigned_project", guard.project_id in actor.assigned_project_ids))
    return conditions


def _contact_conditions(actor: Actor, permission: Permission, guard: Guard) -> list[Condition]:
    """Portal enabled AND switch AND role AND audience AND project within reach (A-03)."""
    access = actor.clients.get(guard.client_id) if guard.client_id else None
    if access is None:
        return [Condition("membership", False)]
    conditions = [
        Condition("membership", True),
        Condition("portal", access.portal_enabled),
        Condition("audience", guard.audience is Audience.CLIENT, guard.audience),
        Condition("role", access.role in CONTACT_ROLES.get(permission, frozenset()), access.role),
    ]
    switch = SWITCHES.get(permission)
    if switch is not None:
        conditions.append(Condition("switch", switch in access.switches, switch))
    if guard.project_id is not None:
        conditions.append(Condition("project_reach", reaches_project(access, guard)))
    return conditions


def reaches_project(access: ClientAccess, guard: Guard) -> bool:
    """Whether the membership's list of projects contains the subject's (A-38)."""
    return access.project_ids is None or guard.project_id in access.project_ids
