"""Words and signs of the portal's templates."""

from collections.abc import Sized

from django import template

from parvis.portal.pages.documents import icon_of

register = template.Library()


@register.filter
def file_icon(family: str) -> str:
    """The icon of a kind of file."""
    return icon_of(family)


@register.filter
def older_count(versions: Sized) -> int:
    """How many versions there are beside the current one."""
    return len(versions) - 1
