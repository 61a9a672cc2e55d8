"""Uploads and stored files for tests."""

import io
from datetime import UTC, datetime
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from parvis.core.ids import uuid7
from parvis.files.actions import store_upload
from parvis.files.models import StoredFile
from parvis.workspaces.models import Workspace

AT = datetime(2026, 3, 9, 9, 0, tzinfo=UTC)


def picture(pillow_format="PNG", size=(1200, 900), colour="#2f5d50", **options):
    """An ordinary picture in this format."""
    target = io.BytesIO()
    Image.new("RGB", size, colour).save(target, pillow_format, **options)
    return target.getvalue()


def pdf(pages=2, size=(595, 842), *, catalog="", page="", objects=(), trailer="", header=b"%PDF-1.7\n"):
    """A PDF written by hand: every page a black box. The extra texts go into the named dictionaries.

    Object 1 is the catalog, 2 the page tree, 3 the content; `objects` are appended, the first being 4.
    """
    content = b"0 0 0 rg 100 100 200 300 re f"
    extra = [body if isinstance(body, bytes) else body.encode() for body in objects]
    first_page = 4 + len(extra)
    kids = " ".join(f"{first_page + number} 0 R" for number in range(pages))
    box = f"/MediaBox [0 0 {size[0]} {size[1]}]"
    bodies = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode(),
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>".encode(),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        *extra,
        *[f"<< /Type /Page /Parent 2 0 R {box} /Contents 3 0 R {page} >>".encode() for _ in range(pages)],
    ]
    return assembled(bodies, trailer=trailer, header=header)


def assembled(bodies, *, trailer="", header=b"%PDF-1.7\n"):
    """Numbered objects with their cross-reference table."""
    parts, offsets, length = [header], [], len(header)
    for number, body in enumerate(bodies, start=1):
        offsets.append(length)
        parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, body))
        length += len(parts[-1])
    parts.append(b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1))
    parts += [b"%010d 00000 n \n" % offset for offset in offsets]
    parts.append(
        f"trailer << /Size {len(bodies) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{length}\n%%EOF\n".encode()
    )
    return b"".join(parts)


def make_workspace(slug="studio", **values) -> Workspace:
    return Workspace.objects.create(slug=slug, name=values.pop("name", "Studio"), created_at=AT, **values)


def make_upload(name="homepage.png", content=None) -> SimpleUploadedFile:
    """An upload as a form hands it over; the type the uploader claims is a lie on purpose."""
    upload = SimpleUploadedFile("upload", picture() if content is None else content, content_type="text/html")
    upload._name = name  # type: ignore[attr-defined]  # as it came: our cleaning is under test, not Django's
    return upload


def make_stored_file(
    name="homepage.png", content=None, *, workspace_id: UUID | None = None, at=AT, **values
) -> StoredFile:
    """A file stored the way uploads are; in a workspace of its own unless one is given."""
    workspace_id = workspace_id or make_workspace(slug=f"w-{uuid7().hex[-12:]}").pk
    return store_upload(make_upload(name, content), workspace_id=workspace_id, at=at, **values)
