"""Where the pictures of a version are found in the portal."""

from uuid import UUID

from django.urls import reverse

from parvis.deliverables.stage import PageUrl


def page_url(pk: UUID, file_id: UUID, page: int, size: str) -> str:
    """The address of one page picture of a deliverable."""
    return reverse("portal:page", args=[pk, file_id, page, size])


def page_urls(pk: UUID) -> PageUrl:
    """The addresses of a deliverable's pictures: file, page, size."""
    return lambda file_id, page, size: page_url(pk, file_id, page, size)
