"""Furnish an empty installation: an agency, and at its client a contact's device and a large document.

Run as `python -m tests.hostile.furnish BYTES`; prints page, file and cookie as JSON.
"""

import json
import sys

import django


def main():
    django.setup()
    from django.core.files.uploadedfile import SimpleUploadedFile

    from parvis.core.clock import now
    from parvis.documents.actions import add_document, folders_of
    from parvis.files.actions import store_upload
    from parvis.http.sessions import portal_cookie
    from tests.cast import make_agency
    from tests.factories import open_device, staff_of

    agency, at = make_agency(), now()
    upload = SimpleUploadedFile("film.bin", bytes(int(sys.argv[1])))
    document = add_document(
        agency.website,
        folder=folders_of(agency.website)[0],
        title="The whole film",
        file=store_upload(upload, workspace_id=agency.workspace.pk, at=at),
        actor=staff_of(agency.workspace),
        at=at,
    )
    _device, secret = open_device(agency.sarah, agency.acme, at=at)
    slug = agency.workspace.slug
    page = f"/p/{slug}/documents/"
    places = {
        "page": page,
        "file": f"{page}{document.pk}/versions/1/file/",
        "upload": f"{page}new/",
        "cookie": f"{portal_cookie(slug, 'device')}={secret}",
    }
    sys.stdout.write(json.dumps(places))


if __name__ == "__main__":
    main()
