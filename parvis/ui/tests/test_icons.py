"""Every icon a template names exists in the installed set; a missing one would be an error page."""

import re
from pathlib import Path

import parvis
from parvis.ui.icons import icon_svg

NAMED = re.compile(r"""{%\s*icon\s+"([\w-]+)"|icon(?:="|\|default:")([\w-]+)""")


def named_icons() -> set[str]:
    found: set[str] = set()
    for template in Path(parvis.__file__).parent.glob("*/templates/**/*.html"):
        for names in NAMED.findall(template.read_text()):
            found.update(name for name in names if name)
    return found


def test_every_icon_named_in_a_template_exists():
    names = named_icons()

    assert "clock" in names
    assert [name for name in sorted(names) if not drawn(name)] == []


def drawn(name: str) -> bool:
    try:
        return "<svg" in icon_svg(name)
    except KeyError:
        return False


def test_an_icon_is_hidden_from_screen_readers():
    assert 'aria-hidden="true"' in icon_svg("clock")
