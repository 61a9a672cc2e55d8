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


# Requirements of levels 1 and 2 in ASVS 5.0.0, by section; within a section they are numbered from 1.
ASVS = """
1.1:2 1.2:9 1.3:11 1.4:3 1.5:2 2.1:3 2.2:3 2.3:4 2.4:1 3.2:2 3.3:4 3.4:6 3.5:5 3.7:2 4.1:3 4.2:1 4.3:2
4.4:4 5.1:1 5.2:3 5.3:2 5.4:3 6.1:3 6.2:12 6.3:4 6.4:4 6.5:5 6.6:3 6.8:4 7.1:3 7.2:4 7.3:2 7.4:5 7.5:2
7.6:2 8.1:2 8.2:3 8.3:1 8.4:1 9.1:3 9.2:4 11.1:2 11.2:3 11.3:3 11.4:4 11.5:1 11.6:1 12.1:3 12.2:2 12.3:4
13.1:1 13.2:5 13.3:2 13.4:5 14.1:2 14.2:4 14.3:3 15.1:3 15.2:3 15.3:7 16.1:1 16.2:5 16.3:4 16.4:3 16.5:3
"""
STANDS = {"test", "code", "partly", "departed", "not held", "operator", "none"}


def test_every_requirement_of_the_standard_has_its_line():
    """S17: one each, and a line that claims a test names one (whether it is there is asked above)."""
    ledger = (ROOT / "docs" / "asvs.md").read_text()
    lines = re.findall(r"^\| (\d+\.\d+\.\d+) \| ([\w ]+) \| (.+) \|$", ledger, re.MULTILINE)
    sections = [section.split(":") for section in ASVS.split()]
    expected = [f"{name}.{number}" for name, count in sections for number in range(1, int(count) + 1)]

    assert len(expected) == 217
    assert [number for number, _stands, _where in lines] == expected
    assert {stands for _number, stands, _where in lines} <= STANDS
    assert not [
        line for line in lines if line[1] == "test" and "test" not in line[2] and "As " not in line[2]
    ]


def test_both_readmes_tell_the_same():
    english, french = ((ROOT / name).read_text() for name in ("README.md", "README.fr.md"))

    for mark in (r"^## ", r"^\d+\. ", r"\]\(docs/[^)]+\)", r"^\.venv/bin/parvis \w+"):
        found = [len(re.findall(mark, text, re.MULTILINE)) for text in (english, french)]
        assert found[0] == found[1], mark
