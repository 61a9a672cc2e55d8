"""Every lint of ours finds what it is there for, and the translation check what a translator overlooked."""

import pytest
from babel.messages.catalog import Catalog

from tools.lints import LINTS
from tools.messages import complaint

VIEW = "parvis/clients/views.py"
RULES = "parvis/clients/rules.py"
PAGE = "parvis/portal/templates/portal/home.html"

BREACHES = [
    ("mark_safe", VIEW, "return mark_safe(text)"),
    ("safe_filter", PAGE, "{{ comment.body|safe }}"),
    ("safe_filter", PAGE, "{% autoescape off %}"),
    ("inline_style", PAGE, '<p style="color: red">'),
    ("inline_style", PAGE, "<style>p {}</style>"),
    ("inline_script", PAGE, "<script>go()</script>"),
    ("inline_handler", PAGE, '<a onclick="go()">'),
    ("inline_handler", PAGE, '<a hx-on:click="go()">'),
    ("inline_handler", PAGE, '<a href="javascript:go()">'),
    ("inline_handler", PAGE, "<a hx-vals='js:{a: go()}'>"),
    ("foreign_asset", PAGE, '<script src="https://cdn.example.org/x.js"></script>'),
    ("foreign_asset", PAGE, '<link rel="stylesheet" href="//cdn.example.org/x.css">'),
    ("cache", VIEW, "from django.core.cache import cache"),
    ("fail_silently", VIEW, "send_mail(fail_silently=True)"),
    ("file_field", VIEW, "logo = models.FileField()"),
    ("objects_all", VIEW, "Client.objects.all()"),
    ("wall_clock", VIEW, "timezone.now()"),
    ("inner_clock", RULES, "from parvis.core.clock import now"),
    ("signals", VIEW, "from django.db.models.signals import post_save"),
    ("backstage", PAGE, "{% load backstage %}"),
]
FINE = [
    ("inline_script", PAGE, '<script src="{% static "ui/app.js" %}" type="module"></script>'),
    ("inline_script", PAGE, '<script type="application/json" id="data">{}</script>'),
    ("inline_handler", PAGE, "<p>one=two, don't</p>"),
    ("inline_style", "parvis/mail/templates/mail/letter.html", '<p style="color: red">'),
    ("foreign_asset", PAGE, '<a href="https://example.org">'),
    ("objects_all", "parvis/clients/tests/test_clients.py", "Client.objects.all()"),
    ("backstage", "parvis/dashboard/templates/dashboard/client.html", "{% load backstage %}"),
]


def finds(name, path, line):
    (lint,) = [lint for lint in LINTS if lint.name == name]
    return lint.applies_to(path) and bool(lint.pattern.search(line))


@pytest.mark.parametrize(("name", "path", "line"), BREACHES)
def test_a_breach_is_found(name, path, line):
    assert finds(name, path, line)


@pytest.mark.parametrize(("name", "path", "line"), FINE)
def test_what_is_allowed_is_left_alone(name, path, line):
    assert not finds(name, path, line)


def test_every_lint_has_a_breach_that_proves_it():
    assert {name for name, _, _ in BREACHES} == {lint.name for lint in LINTS}


@pytest.mark.parametrize(
    ("source", "translation", "said"),
    [
        ("Hello %(name)s", "Bonjour %(name)s", ""),
        ("Hello %(name)s", "Bonjour %(nom)s", "other placeholders"),
        ("Hello {name}", "Bonjour", "other placeholders"),
        ("Hello", "", "empty"),
        (("%(count)s file", "%(count)s files"), ("%(count)s fichier", "%(count)s fichiers"), ""),
        (("%(count)s file", "%(count)s files"), ("%(count)s fichier", ""), "empty"),
        (("One file", "%(count)s files"), ("Un fichier", "%(count)s fichiers"), ""),
        (("One file", "%(count)s files"), ("Un fichier", "%(nombre)s fichiers"), "other placeholders"),
    ],
)
def test_an_incomplete_translation_is_named(source, translation, said):
    wanted, catalogue = Catalog(), Catalog(locale="fr")
    wanted.add(source)
    catalogue.add(source, translation)

    (message,) = [message for message in wanted if message.id]

    assert complaint(message, catalogue.get(message.id)) == said


def test_a_missing_and_an_unsure_translation_are_named():
    wanted, catalogue = Catalog(), Catalog(locale="fr")
    message = wanted.add("Hello")
    unsure = catalogue.add("Hello", "Bonjour", flags=["fuzzy"])

    assert complaint(message, None) == "missing"
    assert complaint(message, unsure) == "fuzzy"
