"""Programs that call the interface, for tests."""

import io

from django.test import Client
from django.test.client import encode_multipart
from PIL import Image

from parvis.core.clock import now
from parvis.signin.api_tokens import Scope, issue_api_token

BOUNDARY = "parvis-test-boundary"


class Caller(Client):
    """Sends JSON, or a form where files may come along, with a member's token."""

    def __init__(self, member=None, scopes=(Scope.READ, Scope.WRITE), **options):
        headers = options.pop("headers", {})
        if member is not None:
            self.token, raw = issue_api_token(
                member, label="test", scopes=list(scopes), at=now(), expires_at=None
            )
            headers = {"Authorization": f"Bearer {raw}", **headers}
        super().__init__(headers=headers, **options)

    def call(self, method, path, *, json=None, form=None, headers=None):
        """The answer to one request below /api/v1."""
        options = {"headers": headers or {}}
        if form is not None:
            options |= {
                "data": encode_multipart(BOUNDARY, form),
                "content_type": f"multipart/form-data; boundary={BOUNDARY}",
            }
        elif json is not None:
            options |= {"data": json, "content_type": "application/json"}
        return getattr(self, method.lower())(f"/api/v1{path}", **options)


def picture(name="page.png"):
    """A small picture as an upload."""
    data = io.BytesIO()
    Image.new("RGB", (40, 30), (20, 90, 160)).save(data, "PNG")
    data.seek(0)
    data.name = name
    return data
