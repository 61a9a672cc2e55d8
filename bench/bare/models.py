"""Three tables with the usual indexes: 200 clients, 20,000 items."""

from django.db import models


class Client(models.Model):
    """An organisation."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=80)


class Person(models.Model):
    """Somebody an item is assigned to."""

    client = models.ForeignKey(Client, on_delete=models.CASCADE)
    name = models.CharField(max_length=80)


class Item(models.Model):
    """A line of a list."""

    client = models.ForeignKey(Client, on_delete=models.CASCADE)
    assignee = models.ForeignKey(Person, on_delete=models.CASCADE)
    title = models.CharField(max_length=120)
    state = models.CharField(max_length=12)
    due_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["client", "-updated_at", "-id"], name="bare_items")]


class Note(models.Model):
    """What a bare POST writes."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE)
    body = models.TextField()
    at = models.DateTimeField()
