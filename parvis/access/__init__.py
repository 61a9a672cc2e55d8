"""Who may: actors, roles, permissions, and the one question `require` answers.

Queries nothing: it reads the actor and the subject's guard, which their owners loaded.
"""

from parvis.access.actors import Actor, ActorKind, ClientAccess
from parvis.access.checks import Condition, Forbidden, explain, may, require
from parvis.access.permissions import Permission
from parvis.access.roles import Audience, ContactRole, Guard, Role, Switch

__all__ = [
    "Actor",
    "ActorKind",
    "Audience",
    "ClientAccess",
    "Condition",
    "ContactRole",
    "Forbidden",
    "Guard",
    "Permission",
    "Role",
    "Switch",
    "explain",
    "may",
    "require",
]
