"""Hostile files in a real Chromium: opened directly, and held by a page in every way a page can hold one.

The page that holds them has no policy of its own, so that what stops a script is the answer of the file alone
(RELIABILITY E1, E2). A script that runs asks for `/hit`, and is counted there.
"""

import threading
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connections
from django.http import HttpResponse
from django.urls import path
from playwright.sync_api import Error

from parvis.files.due import make_waiting_previews
from parvis.files.models import FilePage, StoredFile
from parvis.files.serving import send, send_page
from parvis.files.storage import storage
from parvis.files.tests.factories import AT, make_stored_file
from tests.chromium import PATIENCE
from tests.hostile.corpus import CORPUS
from tests.hostile.corpus.kinds import KEPT
from tests.processes import wait_for

pytestmark = [pytest.mark.browser, pytest.mark.full]

SCRIPTS = [hostile for hostile in CORPUS if hostile.fate == KEPT and hostile.is_script]
HOLDERS = (
    '<img src="{0}">',
    '<iframe src="{0}"></iframe>',
    '<object data="{0}"></object>',
    '<object data="{0}" type="text/html"></object>',
    '<object data="{0}" type="image/svg+xml"></object>',
    '<embed src="{0}">',
    '<embed src="{0}" type="image/svg+xml">',
    '<video src="{0}"></video>',
    '<script src="{0}"></script>',
    '<script type="module" src="{0}"></script>',
    '<link rel="stylesheet" href="{0}">',
)
hits: list[str] = []
served: list[str] = []  # what was really handed over


def let_go(view):
    """The server's threads keep no connection: the test database is emptied and dropped around them."""

    def answer(request, **kwargs):
        try:
            response = view(request, **kwargs)
        finally:
            connections.close_all()
        served.append(request.path)
        return response

    return answer


def hit(request):
    hits.append(request.META.get("HTTP_REFERER", ""))
    return HttpResponse()


def download(request, pk):
    return send(StoredFile.objects.get(pk=pk), request, inline=True)


def drawn(request, pk):
    return send_page(FilePage.objects.get(pk=pk), "large", request)


def holder(request, pk):
    return HttpResponse("<!doctype html>" + "".join(held.format(f"/download/{pk}") for held in HOLDERS))


def gallery(request):
    pictures = "".join(f'<img src="/drawn/{pk}">' for pk in FilePage.objects.values_list("pk", flat=True))
    return HttpResponse(f"<!doctype html>{pictures}")


def unprotected(request, pk, media_type):
    with storage().open(StoredFile.objects.get(pk=pk).storage_key) as handle:
        return HttpResponse(handle.read(), content_type=media_type)


urlpatterns = [
    path("hit", hit),
    path("download/<uuid:pk>", let_go(download)),
    path("drawn/<uuid:pk>", let_go(drawn)),
    path("holder/<uuid:pk>", let_go(holder)),
    path("gallery", let_go(gallery)),
    path("unprotected/<uuid:pk>/<path:media_type>", let_go(unprotected)),
]


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Quiet(WSGIRequestHandler):
    def log_message(self, *args):
        pass


@pytest.fixture
def address(transactional_db, settings):
    """A server of our own: only the headers a file carries itself stand between it and the browser."""
    settings.ROOT_URLCONF = __name__
    settings.MIDDLEWARE = []
    settings.ALLOWED_HOSTS = ["localhost"]
    hits.clear()
    served.clear()
    server = make_server("127.0.0.1", 0, WSGIHandler(), Server, Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def tab(chromium):
    context = chromium.new_context(accept_downloads=False)
    context.on("dialog", lambda dialog: (hits.append(f"dialog {dialog.message}"), dialog.dismiss()))
    yield context.new_page()
    context.close()


def open_and_wait(tab, url):
    """Open, let scripts and late requests come, and answer whether it was shown as a page."""
    try:
        tab.goto(url, wait_until="load", timeout=PATIENCE)
    except Error as error:
        assert "Download is starting" in str(error) or "ERR_ABORTED" in str(error), error
        shown = False
    else:
        shown = True
    tab.wait_for_timeout(150)
    return shown


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("page.html", None, "text/html"),
        ("logo.svg", None, "image/svg+xml"),
        ("page.xhtml", None, "application/xhtml+xml"),
    ],
)
def test_the_counter_counts_where_nothing_protects(name, content, media_type, address, tab):
    hostile = next(each for each in SCRIPTS if each.name == name)
    file = make_stored_file(name, hostile.content)

    assert open_and_wait(tab, f"{address}/unprotected/{file.pk}/{media_type}")

    assert wait_for(lambda: bool(hits))


def test_opened_directly_nothing_runs_and_nothing_is_shown(address, tab):
    shown = []
    for hostile in SCRIPTS:
        file = make_stored_file(hostile.name, hostile.content)
        if open_and_wait(tab, f"{address}/download/{file.pk}"):
            shown.append(hostile.id)
        assert f"/download/{file.pk}" in served

    assert hits == []
    # Only sound and film are ever shown, in the browser's own player.
    assert set(shown) <= {"mp4-and-html", "mp3-and-html"}


def test_held_by_a_page_in_every_way_nothing_runs(address, tab):
    ran = {}
    for hostile in SCRIPTS:
        file = make_stored_file(hostile.name, hostile.content)
        open_and_wait(tab, f"{address}/holder/{file.pk}")
        assert wait_for(lambda pk=file.pk: served.count(f"/download/{pk}") >= 5)
        if hits or tab.title() == "HIT":
            ran[hostile.id] = list(hits)
            hits.clear()

    assert ran == {}


def test_the_pictures_we_draw_are_shown_and_nothing_runs(address, tab):
    for hostile in SCRIPTS:
        make_stored_file(hostile.name, hostile.content)
    while make_waiting_previews(AT):
        pass
    assert FilePage.objects.count() >= 9

    open_and_wait(tab, f"{address}/gallery")
    broken = tab.evaluate("[...document.images].filter(i => !(i.complete && i.naturalWidth)).map(i => i.src)")
    assert broken == []
    for page in FilePage.objects.all():
        assert open_and_wait(tab, f"{address}/drawn/{page.pk}")

    assert hits == []
