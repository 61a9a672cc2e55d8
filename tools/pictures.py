"""`make pictures`: the README's pictures, taken in a demonstration started for them.

Draws `docs/pictures/` anew: a fresh demonstration in a folder of its own, Sarah coming in by her mail, the
agency's owner signing in, each page photographed in Chromium. Nothing running elsewhere is touched.
"""

from __future__ import annotations

import io
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tools.run_tests import find_chromium

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
DESKTOP, PHONE, LETTER = (1360, 850), (390, 844), (680, 850)
LARGEST_BYTES = 250_000
PATIENCE = 180
SARAH, HER_WORK = "sarah@acme.example", "Design Homepage"
OWNER, PASSWORD = "olga@atelier-nord.example", "bienvenue au parvis"  # of every demonstration
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--hide-scrollbars"]


@dataclass(frozen=True)
class Demonstration:
    """Where it runs."""

    agency: str
    mailbox: str

    @property
    def portal(self) -> str:
        """The portal of the agency that is shown."""
        return f"{self.agency}/p/nord"


def main() -> int:
    """Draw every picture and say how large it became."""
    chromium = find_chromium()
    if chromium is None:
        print("Chromium is missing (Debian: apt install chromium).", file=sys.stderr)
        return 1
    PICTURES.mkdir(exist_ok=True)
    with demonstration() as place, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        link = take_mail(browser, place)
        take_portal(browser, place, link)
        take_agency(browser, place)
        browser.close()
    too_large = [path.name for path in PICTURES.glob("*.png") if path.stat().st_size > LARGEST_BYTES]
    if too_large:
        print(f"Larger than {LARGEST_BYTES // 1000} kB: {', '.join(too_large)}", file=sys.stderr)
    return 1 if too_large else 0


# --- the demonstration ---


@contextmanager
def demonstration() -> Iterator[Demonstration]:
    """One of our own, on free ports, forgotten afterwards."""
    web, smtp, box = (free_port() for _ in range(3))
    place = Demonstration(f"http://localhost:{web}", f"http://127.0.0.1:{box}")
    with tempfile.TemporaryDirectory(prefix="parvis-pictures-") as folder:
        without = {name: value for name, value in os.environ.items() if not name.startswith("PARVIS_")}
        environment = {
            **without,
            "PARVIS_DATA_DIR": folder,
            "PARVIS_BIND": f"127.0.0.1:{web}",
            "PARVIS_BASE_URL": place.agency,
            "PARVIS_EMAIL_URL": f"smtp://127.0.0.1:{smtp}",
            "PARVIS_MAILBOX_BIND": f"127.0.0.1:{box}",
        }
        command = [sys.executable, "-m", "parvis", "up", "--demo", "--parent", str(os.getpid())]
        running = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
        )
        try:
            wait_until(lambda: "ok" in read(f"{place.agency}/readyz"), "the demonstration")
            yield place
        finally:
            running.terminate()
            running.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def read(address: str) -> str:
    """What stands there; nothing while nobody answers."""
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:  # nosec B310
            return str(answer.read().decode())
    except OSError:
        return ""


def wait_until(is_there: Callable[[], object], what: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not is_there():
        if time.monotonic() > deadline:
            raise SystemExit(f"Waited {PATIENCE} seconds in vain for {what}.")
        time.sleep(0.5)


# --- what is photographed ---


def take_mail(browser: Browser, place: Demonstration) -> str:
    """The mail that tells Sarah of a new version; gives back the link in it."""
    wait_until(lambda: mail_to_sarah(place), "the mail to Sarah")
    page = visitor(browser, LETTER).new_page()
    page.goto(f"{place.mailbox}/{mail_to_sarah(place)}/html")
    link = page.locator("a[href*='/in/']").first.get_attribute("href")
    assert link
    height = page.evaluate("document.body.scrollHeight")
    page.set_viewport_size({"width": LETTER[0], "height": min(height, 1100)})
    keep(page, "mail")
    page.context.close()
    return link


def mail_to_sarah(place: Demonstration) -> str:
    """The name of her oldest mail about the version that waits; empty until it came."""
    row = rf'<a href="/(\d+)">[^<]*{HER_WORK}[^<]*</a><small>[^<]*→[^<]*{re.escape(SARAH)}'
    found = re.findall(row, read(place.mailbox))
    return str(min(found, default=""))


def take_portal(browser: Browser, place: Demonstration, link: str) -> None:
    """Home and review at a desk, home on a phone."""
    desk = visitor(browser, DESKTOP)
    page = desk.new_page()
    page.goto(link)
    page.locator("main form[method=post] button").first.click()
    page.wait_for_url(lambda url: "/in/" not in url)
    review = page.url
    wait_until(lambda: is_drawn(page, review), "the preview of the version")
    keep(page, "review")
    page.goto(f"{place.portal}/")
    keep(page, "portal-home")
    phone = visitor(browser, PHONE, sharpness=2, known_as=desk)
    page = phone.new_page()
    page.goto(f"{place.portal}/")
    keep(page, "portal-home-phone")
    phone.close()
    desk.close()


def is_drawn(page: Page, address: str) -> bool:
    """Whether the worker has drawn what is reviewed."""
    page.goto(address)
    return page.locator("img[src*='/pages/']").count() > 0


def take_agency(browser: Browser, place: Demonstration) -> None:
    """What the owner sees in the morning."""
    context = visitor(browser, DESKTOP)
    page = context.new_page()
    page.goto(f"{place.agency}/")
    page.fill("input[name=login]", OWNER)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(f"{place.agency}/")
    page.goto(f"{place.agency}/")  # once more, without the words of welcome
    keep(page, "dashboard")
    context.close()


def visitor(
    browser: Browser, size: tuple[int, int], *, sharpness: float = 1, known_as: BrowserContext | None = None
) -> BrowserContext:
    """Somebody with a French browser; `known_as` lends the cookies of another."""
    return browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        device_scale_factor=sharpness,
        locale="fr-FR",
        timezone_id="Europe/Paris",
        color_scheme="light",
        storage_state=known_as.storage_state() if known_as else None,
    )


def keep(page: Page, name: str) -> None:
    """Photograph what is in sight, in 256 colours."""
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")
    shot = Image.open(io.BytesIO(page.screenshot(animations="disabled")))
    file = PICTURES / f"{name}.png"
    shot.convert("RGB").quantize(256, method=Image.Quantize.MEDIANCUT).save(file, optimize=True)
    print(f"{file.relative_to(ROOT)}: {file.stat().st_size // 1000} kB", flush=True)


if __name__ == "__main__":
    sys.exit(main())
