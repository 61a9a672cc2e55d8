"""Make the bare project's database: `python -m bench.bare.fill`."""

import os
from datetime import UTC, datetime, timedelta

import django

CLIENTS, ITEMS_EACH, PEOPLE = 200, 100, 200


def main() -> None:
    """Create the tables and their rows, all at once."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.bare.settings"
    django.setup()
    from django.db import connection

    from bench.bare.models import Client, Item, Note, Person

    with connection.schema_editor() as editor:
        for model in (Client, Person, Item, Note):
            editor.create_model(model)
    clients = Client.objects.bulk_create(
        Client(slug=f"client-{number}", name=f"Client {number}") for number in range(CLIENTS)
    )
    people = Person.objects.bulk_create(
        Person(client=clients[number % CLIENTS], name=f"Person {number}") for number in range(PEOPLE)
    )
    start = datetime(2027, 1, 1, tzinfo=UTC)
    Item.objects.bulk_create(
        Item(
            client=clients[number % CLIENTS],
            assignee=people[number % PEOPLE],
            title=f"Something to be made, number {number}",
            state="in_review",
            due_at=start + timedelta(hours=number),
            updated_at=start - timedelta(minutes=number),
        )
        for number in range(CLIENTS * ITEMS_EACH)
    )


if __name__ == "__main__":
    main()
