"""Translatable texts: gather them into locale/, or say what is not translated.

messages.py gather     what `make messages` does
messages.py check      part of `make check`
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
PYBABEL = Path(sys.executable).parent / "pybabel"
LANGUAGES = ("fr", "es", "pt")  # English stands in the sources
# All named: Babel's own list lacks the lazy ones.
KEYWORDS = (
    "_ gettext gettext_lazy gettext_noop ngettext:1,2 ngettext_lazy:1,2 pgettext:1c,2 pgettext_lazy:1c,2"
    " npgettext:1c,2,3 npgettext_lazy:1c,2,3"
)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def main() -> int:
    """Do what the first argument says."""
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / "django.pot"
        extract(template)
        if sys.argv[1:] == ["gather"]:
            gather(template)
            return 0
        with template.open("rb") as handle:
            wanted = read_po(handle)
    problems = [problem for language in LANGUAGES for problem in untranslated(wanted, language)]
    for problem in problems[:50]:
        print(problem)
    if problems:
        print(f"{len(problems)} texts need a translator")
    return 1 if problems else 0


def extract(template: Path) -> None:
    """Every translatable text of the sources into one file."""
    options = [
        "--no-default-keywords",
        "--add-location=file",
        "--sort-by-file",
        "--project=Parvis",
        "--copyright-holder=the Parvis contributors",
    ]
    _pybabel(
        "extract", "-F", "babel.cfg", "-k", KEYWORDS, "-c", "Translators:", *options, "-o", str(template), "."
    )


def gather(template: Path) -> None:
    """Bring each catalogue up to date; what was translated stays."""
    for language in LANGUAGES:
        catalogue = _catalogue(language)
        if not catalogue.exists():
            catalogue.parent.mkdir(parents=True, exist_ok=True)
            _pybabel("init", "-i", str(template), "-o", str(catalogue), "-l", language)
        options = ["--no-fuzzy-matching", "--ignore-obsolete"]
        _pybabel("update", "-i", str(template), "-o", str(catalogue), "-l", language, *options)


def untranslated(wanted: Catalog, language: str) -> Iterator[str]:
    """One line for each text that is missing, empty, unsure, or has other placeholders than its source."""
    path = _catalogue(language)
    if not path.exists():
        yield f"{language}: no catalogue"
        return
    with path.open("rb") as handle:
        catalogue = read_po(handle, locale=language)
    for message in wanted:
        if message.id:
            found = catalogue.get(message.id, message.context)
            if reason := complaint(message, found):
                text = message.id if isinstance(message.id, str) else message.id[0]
                place = message.locations[0][0] if message.locations else "?"
                yield f"{language}: {reason}: {text!r} ({place})"


def complaint(wanted: Message, found: Message | None) -> str:
    """What is wrong with a translation; empty when nothing is."""
    if found is None:
        return "missing"
    if found.fuzzy:
        return "fuzzy"
    sources = [wanted.id] if isinstance(wanted.id, str) else list(wanted.id)
    texts = [found.string] if isinstance(found.string, str) else list(found.string or [""])
    if not all(texts) or (len(sources) > 1 and len(texts) < forms_needed(found)):
        return "empty"
    allowed = [set(PLACEHOLDER.findall(source)) for source in sources]
    if any(set(PLACEHOLDER.findall(text)) not in allowed for text in texts):
        return "other placeholders"
    return ""


def forms_needed(message: Message) -> int:
    """How many forms a plural needs; two in each of our languages."""
    return 2 if message.pluralizable else 1


def _catalogue(language: str) -> Path:
    return ROOT / "locale" / language / "LC_MESSAGES" / "django.po"


def _pybabel(*arguments: str) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}  # babel.cfg names our extractor
    subprocess.run([str(PYBABEL), "--quiet", *arguments], cwd=ROOT, env=environment, check=True)


if __name__ == "__main__":
    sys.exit(main())
