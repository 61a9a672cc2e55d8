"""The scenes of the main job, each as one person plays it; every page they come to is looked at."""

from types import SimpleNamespace

from playwright.sync_api import Locator, expect

from parvis.clients.models import Contact
from parvis.deliverables.models import Deliverable
from parvis.files.tests.factories import pdf, picture
from parvis.team.models import Member
from tests.journeys.visitors import Visitor

FIRST = {"name": "homepage.pdf", "mimeType": "application/pdf", "buffer": pdf(pages=2)}
SECOND = {"name": "homepage.png", "mimeType": "image/png", "buffer": picture(size=(1200, 900))}


def sign_in(member: Visitor, who: Member, address: str) -> None:
    """A member of the team comes with e-mail and password."""
    member.go(f"{address}/")
    member.page.locator("input[name=login]").fill(who.user.email)
    member.page.locator("input[name=password]").fill("correct horse")
    member.press("Sign in")
    member.page.wait_for_url(lambda url: "/sign-in/" not in url)
    member.look()


def create_draft(member: Visitor, agency: SimpleNamespace, title: str) -> Deliverable:
    """From today's page to a draft with two approvers (G1-20, A-31)."""
    page = member.page
    member.press("Projects", role="link")
    member.look()
    page.get_by_role("link", name="Website").first.click()
    page.locator(f'a[href="/projects/{agency.website.pk}/deliverables/"]').first.click()
    member.look()
    member.press("New deliverable", role="link")
    member.look()
    page.locator("[name=title]").fill(title)
    for contact in (agency.sarah, agency.mark):
        page.locator(f"[name=place_{contact.pk.hex}]").select_option("1")
        expect(page.locator(f"[name=function_{contact.pk.hex}]")).to_have_value(contact.function)
    page.locator("[name=required_approvers]").fill("2")
    member.press("Create the draft")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    member.look()
    return Deliverable.objects.get(title=title)


def publish(member: Visitor, number: int, file: dict[str, object], note: str) -> None:
    """Choose a file, say what changed, publish; from the second version on the remarks are settled by it."""
    page = member.page
    member.press("Publish version %(number)s", role="link", number=number)
    member.look()
    page.locator("[name=files]").set_input_files(file)  # type: ignore[arg-type]
    page.locator("[name=note]").fill(note)
    for settled in page.locator("[name=settles]").all():
        settled.check()
    page.locator("form").get_by_role(
        "button", name=member.word("Publish version %(number)s", number=number)
    ).click()
    page.wait_for_url("**side=tracking**")
    member.look()


def enter(contact: Visitor, link: str) -> None:
    """Open the link of a mail: one button, no password (K-30, X-08)."""
    contact.go(link)
    assert contact.page.locator("input[type=password]").count() == 0
    contact.press("Open my space")
    contact.page.wait_for_url("**/deliverables/**")
    contact.look()


def review_from_home(contact: Visitor, deliverable: Deliverable, who: Contact, address: str) -> None:
    """The home page says what is waiting, and leads there (G1-36, G1-37)."""
    contact.go(f"{address}/p/{deliverable.workspace.slug}/")
    expect(contact.page.get_by_role("heading", level=1)).to_have_text(
        contact.word("Hello %(first_name)s", first_name=who.first_name)
    )
    contact.page.locator(".todo-card").get_by_role("link", name=deliverable.title).click()
    contact.page.wait_for_url(f"**/deliverables/{deliverable.pk}/**")
    contact.settle()
    expect(contact.page.locator("pin-board img").first).to_be_visible()


def pin_by_pointer(contact: Visitor, body: str) -> None:
    """Touch the place that should change (G1-42b)."""
    page = contact.page
    picture_box = page.locator("pin-board").first.locator(".pin-frame")
    size = picture_box.bounding_box()
    assert size is not None
    picture_box.click(position={"x": size["width"] / 4, "y": min(size["height"] / 4, 150)})
    expect(page.locator("[data-anchor-note]")).to_be_visible()
    send_remark(contact, body)


def pin_by_keyboard(contact: Visitor, body: str) -> None:
    """The same without a pointer: arrows, Shift for larger steps, Enter."""
    page = contact.page
    add = page.locator("[data-pin-add]").first
    add.focus()
    expect(add).to_be_focused()
    for key in ("Enter", "ArrowLeft", "ArrowLeft", "Shift+ArrowDown", "Enter"):
        page.keyboard.press(key)
    expect(page.locator("#remark-body")).to_be_focused()
    send_remark(contact, body)


def send_remark(contact: Visitor, body: str) -> None:
    """Write into the composer and send; the words appear among the remarks."""
    page = contact.page
    page.locator("#remark-body").fill(body)
    contact.press("Send", within=page.locator("#composer"))
    expect(page.locator(".comment-card", has_text=body)).to_be_visible()
    # The answer brings cards, picture and composer one after the other; a person is slower than this test.
    expect(page.locator("#remark-body")).to_have_value("")
    contact.settle()


def decide(contact: Visitor, verdict: str, button: str, note: str, receipt: str, number: int) -> None:
    """Choose an answer, write a word, confirm; what stays is a receipt (A-36)."""
    page = contact.page
    page.locator(f"#decision a[href*='verdict={verdict}']").first.click()
    contact.settle()
    form: Locator = page.locator("form.decision-form")
    expect(form).to_be_visible()
    contact.look()
    form.locator("[name=note]").fill(note)
    contact.press(button, within=form)
    expect(page.locator("#receipt")).to_contain_text(contact.word(receipt, number=number))
    expect(page.locator("#receipt")).to_contain_text(note)
    contact.look()


def answer_remark(member: Visitor, number: int, body: str) -> None:
    """The team answers below the remark; the client reads it."""
    card = member.page.locator(f"#remark-{number}")
    card.locator("summary", has_text=member.word("Reply")).click()
    card.locator(f"#reply-{number}").fill(body)
    member.press("Send to the client", within=card)
    expect(member.page.locator(f"#remark-{number}")).to_contain_text(body)
