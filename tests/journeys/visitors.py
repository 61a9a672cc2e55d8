"""Somebody at a screen: what they read and press, and what is wrong with the pages they meet."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.translation import gettext, override
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page

from parvis.workspaces.models import LANGUAGES
from tests.chromium import PATIENCE, WATCH_POLICY, axe_findings, settle

PHONE, DESKTOP, NARROWEST = (390, 844), (1360, 850), (320, 640)
CODES = [code for code, _name in LANGUAGES]

IS_TOO_WIDE = "document.documentElement.scrollWidth > window.innerWidth"


@dataclass
class Visitor:
    """A person with a device of their own; `problems` fills while they look around."""

    context: BrowserContext
    page: Page
    language: str
    size: tuple[int, int]
    scheme: str
    has_scripts: bool = True
    is_thorough: bool = False
    problems: list[str] = field(default_factory=list)

    def word(self, text: str, **values: object) -> str:
        """A text of ours as this visitor reads it."""
        with override(self.language):
            return gettext(text) % values if values else gettext(text)

    def go(self, url: str) -> None:
        """Type an address, or open a link from a mail."""
        self.page.goto(url)
        self.look()

    def press(
        self, text: str, *, within: Locator | None = None, role: str = "button", **values: object
    ) -> None:
        """Press what bears this text, and wait for what it brings."""
        named = self.word(text, **values)
        (within or self.page).get_by_role(role, name=named).first.click()  # type: ignore[arg-type]
        self.settle()

    def settle(self) -> None:
        """Nothing is on its way any more."""
        settle(self.page, has_scripts=self.has_scripts)

    def look(self) -> None:
        """See whether anybody could use this page: axe finds nothing, and nothing scrolls sideways."""
        self.settle()
        lang = self.page.locator("html").get_attribute("lang")
        if lang != self.language:
            self._complain(f"is in {lang}, not in {self.language}")
        if self.has_scripts:
            for width, height, scheme in self._views():
                self.page.set_viewport_size({"width": width, "height": height})
                self.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
                for finding in axe_findings(self.page):
                    self._complain(f"({width} px, {scheme}) {finding}")
        self._measure(NARROWEST)
        self._measure(self.size)

    def _views(self) -> list[tuple[int, int, str]]:
        """The sizes and schemes to look at: all four on the thorough visit, else the visitor's own."""
        if not self.is_thorough:
            return [(*self.size, self.scheme)]
        return [(*size, scheme) for size in (PHONE, DESKTOP) for scheme in ("light", "dark")]

    def _measure(self, size: tuple[int, int]) -> None:
        self.page.set_viewport_size({"width": size[0], "height": size[1]})
        if self.page.evaluate(IS_TOO_WIDE):
            self._complain(f"scrolls sideways at {size[0]} px")

    def _complain(self, what: str) -> None:
        self.problems.append(f"{self.page.url} {what}")

    def hear(self, said: ConsoleMessage) -> None:
        """What a page says on the console; the policy's own words are counted by the watcher."""
        if said.type == "error" and "Content Security Policy" not in said.text:
            self._complain(f"says: {said.text}")


def arrive(
    browser: Browser,
    language: str,
    size: tuple[int, int],
    *,
    scheme: str = "light",
    has_scripts: bool = True,
    is_thorough: bool = False,
) -> Visitor:
    """A new device, with nothing on it."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme=scheme,  # type: ignore[arg-type]
        locale={"en": "en-GB", "pt": "pt-PT"}.get(language, f"{language}-{language.upper()}"),
        reduced_motion="reduce",
        java_script_enabled=has_scripts,
        has_touch=size == PHONE,
    )
    context.add_init_script(WATCH_POLICY)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    visitor = Visitor(context, page, language, size, scheme, has_scripts, is_thorough)
    page.on("console", visitor.hear)
    page.on("pageerror", lambda error: visitor.problems.append(f"{page.url} throws {error}"))
    return visitor


def leave(visitor: Visitor) -> None:
    """No request may be under way when the tables are emptied."""
    visitor.page.goto("about:blank")
    visitor.context.close()


Arrival = Callable[..., Visitor]
