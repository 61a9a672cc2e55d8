"""The main job: publish, review, ask for changes, publish anew, approve, and see who approved what, when."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from parvis.deliverables.models import Decision, DeliverableState, Remark
from parvis.events.sealing import seal, verify
from tests.journeys import scenes
from tests.journeys.visitors import DESKTOP, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LANGUAGES = [
    pytest.param("fr", "light", True, id="fr"),
    pytest.param("en", "dark", False, id="en-without-scripts"),
    pytest.param("en", "dark", True, id="en", marks=pytest.mark.full),
    pytest.param("es", "light", True, id="es", marks=pytest.mark.full),
    pytest.param("pt", "dark", True, id="pt", marks=pytest.mark.full),
]


@pytest.mark.parametrize(("language", "scheme", "has_scripts"), LANGUAGES)
def test_from_the_first_version_to_the_approval(
    speaking, post, visit, live_server, language, scheme, has_scripts, is_thorough
):
    """G1-12, G1-17, G1-18, G1-20, G1-25, G1-26, G1-36, G1-42b, A-36, K-30, X-08."""
    agency, address = speaking(language), live_server.url
    look = {"scheme": scheme, "has_scripts": has_scripts, "is_thorough": is_thorough and language == "fr"}

    alex = visit(language, DESKTOP, **look)
    scenes.sign_in(alex, agency.alex, address)
    homepage = scenes.create_draft(alex, agency, "Homepage")
    scenes.publish(alex, 1, scenes.FIRST, "A first idea.")
    post.work()

    mail = post.newest_to(agency.sarah)
    assert "Homepage" in mail.subject
    assert mail.message["Content-Language"] == language
    sarah = visit(language, PHONE, **look)
    scenes.enter(sarah, mail.links[0])
    scenes.review_from_home(sarah, homepage, agency.sarah, address)
    if has_scripts:
        scenes.pin_by_pointer(sarah, "Darker, please.")
        scenes.pin_by_keyboard(sarah, "Another word here?")
        by_pointer, by_keyboard = Remark.objects.order_by("number")
        assert 24 < by_pointer.x < 26
        assert (by_keyboard.page, by_keyboard.x, by_keyboard.y) == (1, 48, 60)
    else:
        scenes.send_remark(sarah, "Darker, please.")
        scenes.send_remark(sarah, "Another word here?")
    scenes.decide(
        sarah,
        "changes_requested",
        "Ask for changes",
        "See my two remarks.",
        "You asked for changes to version %(number)s",
        1,
    )
    homepage.refresh_from_db()
    assert homepage.state == DeliverableState.CHANGES_REQUESTED
    post.work()

    assert "Homepage" in post.newest_to(agency.alex).subject
    alex.go(f"{address}/deliverables/{homepage.pk}/")
    scenes.answer_remark(alex, 1, "Here it comes.")
    scenes.publish(alex, 2, scenes.SECOND, "Darker, with a new headline.")
    post.work()

    scenes.enter(sarah, post.newest_to(agency.sarah).links[0])
    scenes.review_from_home(sarah, homepage, agency.sarah, address)
    approval = ("approved", "Approve", "Lovely.", "You approved version %(number)s", 2)
    scenes.decide(sarah, *approval)
    homepage.refresh_from_db()
    assert homepage.state in (DeliverableState.PENDING, DeliverableState.IN_REVIEW)

    mark = visit(language, DESKTOP, **look)
    scenes.enter(mark, post.newest_to(agency.mark).links[0])
    scenes.decide(mark, *approval)
    homepage.refresh_from_db()
    assert homepage.state == DeliverableState.APPROVED
    post.work()

    alex.go(f"{address}/deliverables/{homepage.pk}/?side=tracking")
    panel = alex.page.locator(".thread")
    for contact in (agency.sarah, agency.mark):
        row = panel.locator("li", has_text=contact.name)
        decision = Decision.objects.get(contact=contact, verdict="approved")
        expect(row).to_contain_text(contact.function)
        expect(row).to_contain_text("Lovely.")
        expect(row).to_contain_text(f"{timezone.localtime(decision.at).minute:02}")
    alex.go(f"{address}/projects/{agency.website.pk}/timeline/")
    for contact in (agency.sarah, agency.mark):
        sentence = alex.word("{actor} approved {subject}, version {version}")
        said = sentence.format(actor=contact.name, subject="Homepage", version=2)
        expect(alex.page.locator(".timeline")).to_contain_text(said)
    while seal():
        pass
    assert verify(agency.workspace) is None
