"""Amounts in the reader's language, for the pages of the team."""

from django import template
from django.utils.translation import get_language

from parvis.core.money import Money
from parvis.projects.models import Project

register = template.Library()


@register.filter
def money(amount: Money) -> str:
    """« 4 500 € »."""
    return amount.format(get_language() or "en")


@register.filter
def contract_amount(project: Project) -> str:
    """The contract amount of a project; empty where there is none."""
    if project.contract_amount_minor is None:
        return ""
    return money(Money(project.contract_amount_minor, project.currency))
