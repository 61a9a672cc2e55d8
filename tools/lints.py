"""Our own lints: habits that no general tool knows.

A line may be excused by a comment naming the lint and the reason: `lint: allow mark_safe, the text is ours`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PARVIS = ROOT / "parvis"
CLIENT_ROOMS = ("parvis/portal/", "parvis/notifications/contacts/")
INNER = (
    "rules",
    "querysets",
    "models",
    "actions",
    "forms",
)  # they receive the moment, they do not ask for it

Where = Callable[[str], bool]


@dataclass(frozen=True)
class Lint:
    """A pattern that must not appear in certain files."""

    name: str
    pattern: re.Pattern[str]
    applies_to: Where
    reason: str


def python(path: str) -> bool:
    """Our code, apart from tests, migrations and the commands of the terminal."""
    return path.endswith(".py") and "/tests/" not in path and "/migrations/" not in path


def template(path: str) -> bool:
    """Pages, fragments and mails."""
    return "/templates/" in path and path.endswith(".html")


def page(path: str) -> bool:
    """Templates that a browser shows; mails are apart, since mail programs know only inline styles."""
    return template(path) and not any(part in path for part in ("/mail/", "/emails/", "/notifications/"))


def domain_view(path: str) -> bool:
    """What answers requests."""
    return python(path) and bool(re.search(r"/(views|api|pages)(/\w+)?\.py$", path))


def inner(path: str) -> bool:
    """Modules that are told what time it is."""
    return python(path) and bool(re.search(rf"/({'|'.join(INNER)})(/\w+)?\.py$", path))


def in_client_room(path: str) -> bool:
    """What a contact can receive is made here."""
    return path.startswith(CLIENT_ROOMS)


def lint(name: str, pattern: str, applies_to: Where, reason: str) -> Lint:
    """A lint from its parts."""
    return Lint(name, re.compile(pattern), applies_to, reason)


LINTS = [
    lint(
        "mark_safe", r"\b(mark_safe|SafeString|SafeText)\b", python, "escape, or build with format_html (D10)"
    ),
    lint(
        "safe_filter", r"\|\s*safe\b|\bautoescape\s+off", template, "escape; the view makes safe HTML (D10)"
    ),
    lint("inline_style", r"<[^>]*\sstyle\s*=|<style\b", page, "the content policy refuses inline styles"),
    lint("inline_script", r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", page, "scripts are files"),
    lint(
        "inline_handler",
        r"<[^>]*\son[a-z]+\s*=|javascript:|hx-on|[\"']js:",
        page,
        "behaviour is bound by data-",
    ),
    lint(
        "foreign_asset", r"(src|<link[^>]*href)=[\"'](https?:)?//", page, "every asset comes from ourselves"
    ),
    lint("cache", r"django\.core\.cache", python, "no private page or right is cached (A7)"),
    lint("fail_silently", r"\bfail_silently\b", python, "a mail that fails is reported (G-rules of outbox)"),
    lint("file_field", r"models\.(FileField|ImageField)\b", python, "stored files are rows of parvis.files"),
    lint("objects_all", r"\.objects\.all\(\)", domain_view, "rows are fetched through visible_to(actor)"),
    lint(
        "wall_clock", r"\b(timezone\.now|datetime\.now|utcnow|date\.today)\(", python, "use parvis.core.clock"
    ),
    lint("inner_clock", r"parvis\.core\.clock", inner, "rules and actions receive `at` or `on`"),
    lint(
        "signals",
        r"django\.db\.models\.signals|@receiver\b",
        python,
        "no signals: one action reads top to bottom",
    ),
    lint(
        "backstage", r"\bbackstage\b", in_client_room, "staff-only text never enters what a contact receives"
    ),
]
EXEMPT = {
    "cache": ("parvis/http/", "parvis/config/", "parvis/api/flood.py"),
    "wall_clock": ("parvis/core/clock.py",),
    "mark_safe": ("parvis/ui/",),  # the one place that builds HTML: icons, components, Markdown
    "signals": ("parvis/events/apps.py",),  # triggers are created again after every migrate
}


def problems() -> Iterator[str]:
    """One line for each place that breaks a habit."""
    for file in sorted(PARVIS.rglob("*")):
        path = file.relative_to(ROOT).as_posix()
        if file.suffix not in {".py", ".html"} or "/static/" in path:
            continue
        lines = file.read_text().splitlines()
        for rule in LINTS:
            if rule.applies_to(path) and not path.startswith(EXEMPT.get(rule.name, ())):
                yield from _breaches(rule, path, lines)


def _breaches(rule: Lint, path: str, lines: list[str]) -> Iterator[str]:
    for number, line in enumerate(lines, 1):
        if rule.pattern.search(line) and f"lint: allow {rule.name}" not in line:
            yield f"{path}:{number}: {rule.name}: {rule.reason}"


if __name__ == "__main__":
    found = list(problems())
    print("\n".join(found))
    sys.exit(1 if found else 0)
