"""No canary reaches a contact, by page, header, file or mail (RELIABILITY B1 to B5, A7; ARCHITECTURE 8)."""

import io
import zlib

import pytest
from PIL import Image

from parvis.access import ContactRole
from parvis.clients.models import Contact
from parvis.deliverables.models import Deliverable
from parvis.documents.models import Document
from parvis.files.models import StoredFile
from parvis.notifications.tests.postbox import Mail
from parvis.projects.models import Discussion, Project, Task
from parvis.workspaces.models import Workspace
from tests.clients import PortalBrowser
from tests.factories import canary, make_contact
from tests.leaks.sinks import Harvest, crawl, read, readable, unsubscribe_from

THINGS = {
    Deliverable: "deliverables",
    Document: "documents",
    Project: "projects",
    Task: "tasks",
    Discussion: "messages",
}
PACKED = b"stream\n" + zlib.compress(canary("packed").encode()) + b"\nendstream"
MET = {"page", "header", "picture", "picture bytes", "style"}


@pytest.mark.parametrize(
    "role",
    [
        ContactRole.DECISION_MAKER,
        ContactRole.OBSERVER,
        pytest.param(ContactRole.TECHNICAL, marks=pytest.mark.full),
        pytest.param(ContactRole.BILLING, marks=pytest.mark.full),
    ],
)
def test_nothing_internal_on_any_page(nest, role):
    """Every address a contact meets, as each role."""
    harvest = Harvest()
    contact = nest.sarah
    if role != ContactRole.DECISION_MAKER:
        contact = make_contact(nest.acme, "Nora Blum", role=role)
    crawl(PortalBrowser(nest.workspace).enter(contact, nest.acme), harvest, "/p/studio-nord/")
    assert not harvest.leaks, "\n".join(harvest.leaks)
    if role == ContactRole.DECISION_MAKER:
        assert harvest.kinds >= MET
        assert len(harvest.texts) > 60


def test_nothing_internal_where_a_contact_is_refused(nest):
    """A11: pages about things that are not theirs say nothing of them."""
    harvest = Harvest()
    sarahs = PortalBrowser(nest.workspace).enter(nest.sarah, nest.acme)
    for model, page in THINGS.items():
        for row in model.objects.all():
            path = f"/p/studio-nord/{page}/{row.pk}/"
            response = sarahs.get(path)
            harvest.add("any answer", path, response.content.decode())
    assert len(harvest.texts) > 10
    assert not harvest.leaks, "\n".join(harvest.leaks)


def test_nothing_internal_in_any_mail(nest, letters):
    """B2: headers, subject, text and HTML of everything sent to Acme's contacts."""
    harvest = Harvest()
    ours = set(Contact.objects.filter(memberships__client=nest.acme).values_list("email", flat=True))
    for mail in letters.mails:
        if mail.to in ours:
            read(mail, harvest)
    assert not harvest.leaks, "\n".join(harvest.leaks)
    assert harvest.kinds == {"mail header", "mail text", "mail html", "mail parts"}
    assert len(harvest.texts) > 20


def test_nothing_internal_behind_the_way_out_of_a_mail(nest, letters):
    """B7: whoever has an old mail reads there what it was about, and nothing else."""
    harvest = Harvest()
    ways_out = [mail for mail in letters.mails if mail.message["List-Unsubscribe"]]
    for mail in ways_out:
        if mail.to.endswith("@acme-corp.test"):
            unsubscribe_from(mail, harvest, PortalBrowser(nest.workspace))
    assert not harvest.leaks, "\n".join(harvest.leaks)
    assert sum("(200)" in where for where in harvest.texts) >= 4
    assert any("(404)" in where for where in harvest.texts)


def test_a_planted_leak_is_found_behind_the_way_out(nest, letters):
    """On the page that works, and on the one that no longer does."""
    mail = next(mail for mail in letters.to(nest.sarah) if mail.message["List-Unsubscribe"])
    Workspace.objects.filter(pk=nest.workspace.pk).update(name=canary("house"))
    harvest = Harvest()
    unsubscribe_from(mail, harvest, PortalBrowser(nest.workspace))
    assert len([leak for leak in harvest.leaks if leak.startswith("unsubscribe page")]) == 3


def test_a_planted_leak_is_found_on_a_page(nest):
    """Each sink is proved once: what is searched would be found."""
    secret = canary("planted")
    nest.shown.title = secret
    nest.shown.save()
    harvest = Harvest()
    crawl(PortalBrowser(nest.workspace).enter(nest.sarah, nest.acme), harvest, "/p/studio-nord/", most=8)
    assert any(leak.startswith("page") for leak in harvest.leaks)


def test_a_planted_leak_is_found_in_a_file_and_its_name(nest):
    """In headers (the name of a download), in a picture's notes, in a packed PDF."""
    StoredFile.objects.filter(workspace=nest.workspace).update(name=f"{canary('name')}.png")
    harvest = Harvest()
    crawl(PortalBrowser(nest.workspace).enter(nest.sarah, nest.acme), harvest, "/p/studio-nord/")
    assert any(leak.startswith("header") for leak in harvest.leaks)

    drawn = io.BytesIO()
    notes = Image.Exif()
    notes[0x010E] = canary("camera")
    Image.new("RGB", (4, 4)).save(drawn, "WEBP", exif=notes)
    for kind, content in (
        ("image/webp", drawn.getvalue()),
        ("application/pdf", PACKED),
        ("text/css", b"zq7canary0"),
    ):
        found = Harvest()
        for sink, text in readable(kind, content):
            found.add(sink, kind, text)
        assert found.leaks, kind


def test_a_planted_leak_is_found_in_a_mail(nest, letters):
    """Quoted-printable, base64 and entities hide nothing."""
    mail: Mail = letters.to(nest.sarah)[-1]
    for name, spoil in (
        ("mail header", lambda m: m.message.add_header("X-Project", canary("é header"))),
        ("mail text", lambda m: m.message.get_body(("plain",)).set_content(canary("é text"), cte="base64")),
        (
            "mail html",
            lambda m: m.message.get_body(("html",)).set_content(
                canary("é").replace("z", "&#122;"), subtype="html", cte="quoted-printable"
            ),
        ),
        (
            "mail parts",
            lambda m: m.message.add_attachment("harmless", filename=f"{canary('é name')}.txt"),
        ),
        (
            "mail attachment",
            lambda m: m.message.add_attachment(PACKED, "application", "pdf", filename="brief.pdf"),
        ),
    ):
        harvest = Harvest()
        spoil(mail)
        read(mail, harvest)
        assert any(leak.startswith(name) for leak in harvest.leaks), name
