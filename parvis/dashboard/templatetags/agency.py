"""Amounts in the reader's language, for the pages of the team."""

import re

from django import template
from django.utils.translation import get_language

from parvis.core.money import Money
from parvis.projects.models import Project

register = template.Library()

NOUGHTS = re.compile(r"(?<=\d)[.,]00(?!\d)")


@register.filter
def money(amount: Money) -> str:
    """« 4 500 € »; the digits behind the point are left out where they are noughts."""
    return NOUGHTS.sub("", amount.format(get_language() or "en"))


@register.filter
def contract_amount(project: Project) -> str:
    """The contract amount of a project; empty where there is none."""
    if project.contract_amount_minor is None:
        return ""
    return money(Money(project.contract_amount_minor, project.currency))
