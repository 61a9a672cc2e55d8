"""The frame's names stay the frame's: a page using one would show a stranger's account or clients."""

import re
from pathlib import Path

import parvis

FRAME = ("brand", "nav", "person", "clients", "undo", "theme_url", "search_url")
TAKEN = re.compile(rf'"({"|".join(FRAME)})":')


def test_no_view_puts_a_value_of_its_own_under_a_name_of_the_frame():
    package = Path(parvis.__file__).parent
    views = [*package.glob("*/views.py"), *package.glob("*/views/*.py"), *package.glob("*/pages/*.py")]

    found = [
        f"{view.relative_to(package)}: {name}" for view in views for name in TAKEN.findall(view.read_text())
    ]

    assert len(views) > 5
    assert found == []
