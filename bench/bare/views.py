"""As many indexed queries as the page beside it, by ORM with a 50-row template, or by cursor without one."""

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from bench.bare.models import Client, Item, Note, Person

ITEMS = """
SELECT i.id, i.title, i.state, i.due_at, i.updated_at, p.id, p.name FROM bare_item i
JOIN bare_person p ON p.id = i.assignee_id
WHERE i.client_id = %s ORDER BY i.updated_at DESC, i.id DESC LIMIT 50
"""
ONE_PERSON = "SELECT id, client_id, name FROM bare_person WHERE id = %s"


def page(request: HttpRequest, slug: str, queries: int) -> HttpResponse:
    """A client, 50 items, and single rows by key until the number is reached; then the template."""
    client = Client.objects.get(slug=slug)
    newest = Item.objects.filter(client=client).order_by("-updated_at", "-id")
    items = list(newest.select_related("assignee")[:50])
    people = [Person.objects.get(pk=number) for number in range(1, queries - 1)]
    return render(request, "bare/page.html", {"client": client, "items": items, "people": people})


def raw(request: HttpRequest, slug: str, queries: int) -> HttpResponse:
    """The same by cursor, answering with a number."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, name FROM bare_client WHERE slug = %s", [slug])
        (client_id, _name) = cursor.fetchone()
        cursor.execute(ITEMS, [client_id])
        found = len(cursor.fetchall())
        for number in range(1, queries - 1):
            cursor.execute(ONE_PERSON, [number])
            found += len(cursor.fetchall())
    return HttpResponse(str(found), content_type="text/plain")


def post(request: HttpRequest, slug: str, reads: int, writes: int) -> HttpResponse:
    """Rows read by key, then rows inserted and one updated, in one transaction."""
    people = [Person.objects.get(pk=number) for number in range(1, reads)]
    with transaction.atomic():
        item = Item.objects.filter(client__slug=slug).order_by("-updated_at", "-id")[0]
        for _ in range(1, writes):
            Note.objects.create(item=item, body=request.body.decode(), at=timezone.now())
        Item.objects.filter(pk=item.pk).update(title=f"Written beside {len(people)} people")
    return HttpResponse(status=204)
