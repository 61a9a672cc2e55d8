"""What the `/ui/` page shows: an invented agency's data, as plain values."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import forms

from parvis.ui.shell import Brand, ClientLink, NavItem, Person


@dataclass(frozen=True)
class Link:
    label: str
    url: str = "#main"
    current: bool = False
    count: int | None = None
    icon: str = ""


@dataclass(frozen=True)
class Pin:
    number: int
    x: float
    y: float
    label: str
    is_settled: bool = False
    is_current: bool = False

    @property
    def url(self) -> str:
        return f"#remark-{self.number}"


class SampleForm(forms.Form):
    """One field of each kind; bound to nothing valid it shows every error."""

    title = forms.CharField(label="Titre", help_text="Comme le client le lira.")
    email = forms.EmailField(label="Adresse e-mail", widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    due = forms.DateField(label="Échéance", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    text = forms.CharField(label="Ce qui a changé", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    kind = forms.ChoiceField(label="Type", choices=[("page", "Page"), ("logo", "Logo"), ("texte", "Texte")])
    pace = forms.ChoiceField(
        label="Rappels",
        choices=[("gentle", "Doux"), ("urgent", "Pressant")],
        widget=forms.RadioSelect,
        initial="gentle",
    )
    settle = forms.BooleanField(
        label="Règle les remarques 1 et 2", required=False, help_text="Elles passent dans « Réglées »."
    )


def frame(surface: str) -> dict[str, Any]:
    """Navigation and brand of a surface, as its context processor would fill them."""
    person = Person("Camille Verdier" if surface == "portal" else "Léa Martin", "#main", "#main")
    if surface == "portal":
        return {
            "brand": Brand("Atelier Nord", "#main", "", "Espace Maison Verdier"),
            "person": person,
            "nav": [
                NavItem("Accueil", "#main", "house", current=True, count=2),
                NavItem("Projets", "#projets", "layers"),
                NavItem("Documents", "#documents", "folder"),
                NavItem("Messages", "#messages", "message-circle"),
            ],
        }
    return {
        "brand": Brand("Atelier Nord", "#main"),
        "person": person,
        "search_url": "#main",
        "nav": [
            NavItem("À trier", "#trier", "inbox", count=5, is_hot=True),
            NavItem("Aujourd’hui", "#jour", "layout-dashboard"),
            NavItem("Production", "#main", "square-kanban", current=True),
            NavItem("Validations", "#validations", "stamp", count=7),
            NavItem("Demandes clients", "#demandes", "list-checks", count=3),
            NavItem("Rapports", "#rapports", "chart-no-axes-column"),
        ],
        "clients": [
            ClientLink("Maison Verdier", "#c1", 1),
            ClientLink("Brûlerie Ostal", "#c2", 2),
            ClientLink("Clinique Saint-Roch", "#c3", 3),
            ClientLink("Festival Ondes", "#c4", 4),
            ClientLink("Marée Haute", "#c5", 5),
        ],
    }


def parts(now: datetime) -> dict[str, Any]:
    """Values for the components, moments counted from `now`."""
    hours = timedelta(hours=1)
    return {
        "families": ["wait", "work", "review", "done", "stop", "mute"],
        "colours": range(1, 13),
        "names": ["Camille Verdier", "Léa Martin", "Paul Bernier", "Inès Kacem", "Marc Oliveira"],
        "checklist": [
            {"label": "Logo vectoriel", "is_done": True},
            {"label": "Charte couleurs", "is_done": True},
            {"label": "Photos de l’équipe", "is_done": False},
            {"label": "Mentions légales", "is_done": False},
        ],
        "tabs": [
            Link("Vue d’ensemble", current=True),
            Link("Livrables", "#l", count=4),
            Link("Demandes", "#d"),
            Link("Documents", "#o"),
        ],
        "segments": [Link("Ouvertes", current=True, count=2), Link("Réglées", "#r", count=4)],
        "choices": [
            {"name": "client", "label": "Client", "value": "", "options": [("", "Tous les clients")]},
            {"name": "sort", "label": "Ordre", "value": "due", "options": [("due", "Échéance d’abord")]},
        ],
        "views": [
            Link("Tableau", current=True, icon="square-kanban"),
            Link("Liste", "#l", icon="list"),
            Link("Calendrier", "#c", icon="calendar"),
        ],
        "crumbs": [Link("Clients"), Link("Maison Verdier"), Link("Site internet")],
        "happenings": [
            {
                "text": "Léa a déposé la version 3 de la page d’accueil.",
                "at": now - 27 * hours,
                "family": "work",
            },
            {"text": "Vous avez envoyé la charte couleurs.", "at": now - 90 * hours},
            {"text": "Vous avez validé l’identité visuelle.", "at": now - 300 * hours, "family": "done"},
        ],
        "pins": [
            Pin(1, 47, 32, "Remarque 1, Camille, ouverte", is_current=True),
            Pin(2, 86, 6.5, "Remarque 2, Camille, ouverte"),
            Pin(3, 38, 82, "Remarque 3, Paul, réglée", is_settled=True),
        ],
        "versions": [
            {"label": "Version 3", "line": "hier", "url": "#v3", "current": True},
            {"label": "Version 2", "line": "12 novembre", "url": "#v2", "current": False},
        ],
        "files": [{"name": "Devis boutique signé.pdf", "url": "#f", "size_bytes": 240_000}],
        "days": week(now),
        "definitions": [
            ("Échéance", "jeudi 27 novembre"),
            ("Validation", "Camille et Marc"),
            ("Rappels", "1 sur 5"),
        ],
        "two_hours_ago": now - 2 * hours,
        "a_moment_ago": now - timedelta(minutes=40),
        "form": SampleForm(),
        "form_with_errors": SampleForm({"email": "camille", "text": "Le bandeau est plus clair."}),
    }


def week(now: datetime) -> list[dict[str, Any]]:
    """Seven days from today, one of them with something on it."""
    days = []
    for offset in range(7):
        date = (now + timedelta(days=offset)).date()
        items = [Link("Page d’accueil, accord attendu")] if offset == 2 else []
        days.append({"date": date, "is_today": offset == 0, "is_off": date.weekday() >= 5, "items": items})
    return days
