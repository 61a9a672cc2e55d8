"""What the documents promise is there: links, settings, commands, rules."""

import re
from pathlib import Path

import pytest

from parvis.config import settings
from parvis.config.cli import ABOUT
from tools.coverage_of_rules import ids

ROOT = Path(settings.PROJECT)
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("tests/**/*.md")])
OPERATING = (ROOT / "docs" / "operating.md").read_text()
OF_TESTS_ALONE = {"PARVIS_STATIC_STORAGE"}

LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
SOURCE = re.compile(r"`((?:parvis|tests|tools|docs|bench)/[\w/.-]+)")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_a_document_points_to_exists(document):
    text = document.read_text()

    gone = [link for link in LINK.findall(text) if not (document.parent / link).exists()]
    gone += [path for path in SOURCE.findall(text) if not (ROOT / path).exists()]

    assert not gone


def test_every_setting_is_described():
    read = set(re.findall(r'"(PARVIS_[A-Z_]+)"', (ROOT / "parvis/config/settings.py").read_text()))

    assert not [name for name in read - OF_TESTS_ALONE if f"`{name}`" not in OPERATING]


def test_every_command_is_described():
    assert not [name for name in ABOUT if not re.search(rf"^\|.*`{name}\b", OPERATING, re.MULTILINE)]


def test_every_rule_that_code_names_stands_in_the_domain():
    known = {whole(rule) for rule in ids((ROOT / "docs" / "domain.md").read_text())}

    unknown = {
        f"{path.relative_to(ROOT)}: {rule}"
        for folder in ("parvis", "tests")
        for path in (ROOT / folder).rglob("*.py")
        for rule in ids(path.read_text())
        if whole(rule) not in known
    }

    assert not unknown


def whole(rule):
    """The line `G1-26` of `G1-26a`."""
    return rule.rstrip("abcdefghijklmnop")


def test_both_readmes_tell_the_same():
    english, french = ((ROOT / name).read_text() for name in ("README.md", "README.fr.md"))

    for mark in (r"^## ", r"^\d+\. ", r"\]\(docs/[^)]+\)", r"^\.venv/bin/parvis \w+"):
        found = [len(re.findall(mark, text, re.MULTILINE)) for text in (english, french)]
        assert found[0] == found[1], mark
