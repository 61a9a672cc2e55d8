"""What the frame of a page shows around its content; the surfaces' context processors fill it."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class NavItem:
    """One entry of the main navigation; `count` 0 shows nothing, `is_hot` makes it stand out."""

    label: str
    url: str
    icon: str
    current: bool = False
    count: int = 0
    is_hot: bool = False


@dataclass(frozen=True)
class Brand:
    """Whose house this is; `space` names the client's room in the portal."""

    name: str
    url: str = "/"
    logo_url: str = ""
    space: str = ""


@dataclass(frozen=True)
class Person:
    """Who is here, and where their account and the way out are; an empty address hides the entry."""

    name: str
    account_url: str = ""
    sign_out_url: str = ""
    other_workspaces: Sequence["OtherWorkspace"] = ()
    switch_url: str = ""


@dataclass(frozen=True)
class OtherWorkspace:
    """Another workspace of the same account; `member` is what the switch posts."""

    name: str
    member: str


@dataclass(frozen=True)
class ClientLink:
    """A client in the side bar; `colour` is 1 to 12."""

    label: str
    url: str
    colour: int = 1
    current: bool = False
