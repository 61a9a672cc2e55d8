"""Collecting static files for real: one sheet a surface, hashed modules, within the budget (DESIGN 8)."""

import gzip
import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles.management.commands.collectstatic import Command
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.test import override_settings

from parvis.ui.storage import flatten


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    folder = tmp_path_factory.mktemp("static")
    storage = {"BACKEND": "parvis.ui.storage.BundledStorage"}
    with override_settings(STATIC_ROOT=folder, STORAGES={"staticfiles": storage}):
        call_command(Command(), interactive=False, verbosity=0)
        names = json.loads((folder / "staticfiles.json").read_text())["paths"]
        assert staticfiles_storage.url("ui/css/portal.css").endswith(names["ui/css/portal.css"])
    return folder, names


def compressed(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 9))


@pytest.mark.parametrize(("surface", "budget"), [("portal", 14), ("agency", 20)])
def test_a_surface_loads_one_style_sheet_within_its_budget(collected, surface, budget):
    folder, names = collected
    sheet = folder / names[f"ui/css/{surface}.css"]

    assert "@import" not in sheet.read_text()
    assert "@layer components {" in sheet.read_text()
    assert compressed(sheet) <= budget * 1024


def test_fonts_are_addressed_from_where_the_sheet_stands(collected):
    folder, names = collected
    sheet = folder / names["ui/css/portal.css"]
    fonts = re.findall(r'url\("([^"]+woff2)"\)', sheet.read_text())

    assert len(fonts) == 4
    for font in fonts:
        assert (sheet.parent / font).resolve().exists()


def test_modules_name_each_other_by_their_hashed_names(collected):
    folder, names = collected
    app = (folder / names["ui/js/app.js"]).read_text()

    assert '"./menu.js"' not in app
    assert Path(names["ui/js/pins.js"]).name in app


@pytest.mark.parametrize(("surface", "budget"), [("portal", 28), ("agency", 45)])
def test_scripts_of_the_first_load_stay_within_the_budget(collected, surface, budget):
    folder, names = collected
    first = [
        "django_htmx/htmx-2.min.js",
        *(f"ui/js/{name}.js" for name in ("app", "menu", "requests", "forms")),
    ]

    assert sum(compressed(folder / names[name]) for name in first) <= budget * 1024


def test_a_component_that_changed_alone_is_collected_again(tmp_path):
    class Storage:
        def open(self, path):
            return (tmp_path / path).open("rb")

    (tmp_path / "a.css").write_text('@import url("parts/b.css") layer(base);')
    (tmp_path / "parts").mkdir()
    paths = {name: (Storage(), name) for name in ("a.css", "parts/b.css")}

    (tmp_path / "parts/b.css").write_text('p { background: url("../img/x.svg"); }\n')
    assert flatten("a.css", paths) == '@layer base {\np { background: url("img/x.svg"); }\n}\n'

    (tmp_path / "parts/b.css").write_text("p { color: red; }\n")
    assert "color: red" in flatten("a.css", paths)


def test_an_import_that_cannot_be_flattened_is_refused(tmp_path):
    class Storage:
        def open(self, path):
            return (tmp_path / path).open("rb")

    (tmp_path / "a.css").write_text('@import "b.css";')

    with pytest.raises(ValueError, match="cannot be flattened"):
        flatten("a.css", {"a.css": (Storage(), "a.css")})
