"""Cookies of a signed-in member and of a contact's device, made past the sign-in pages."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.middleware.csrf import _get_new_csrf_string

from bench.dataset import Scene
from parvis.clients.models import AccessGrant, ContactDevice
from parvis.core.clock import now
from parvis.http.sessions import portal_cookie
from parvis.signin.tokens import digest, new_secret


def member_cookies(scene: Scene) -> dict[str, str]:
    """What the browser of a signed-in member sends."""
    user = scene.member.user
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    assert session.session_key
    return {settings.SESSION_COOKIE_NAME: session.session_key, **_csrf_cookie()}


def contact_cookies(scene: Scene, *, busy: bool = False) -> dict[str, str]:
    """What the browser of a contact sends with an opened link; `busy` is the one with much to decide."""
    contact = scene.busy_contact if busy else scene.contact
    secret, at = new_secret(), now()
    lasts = {"expires_at": at + timedelta(days=30)}
    device = ContactDevice.objects.create(
        workspace=scene.workspace,
        contact=contact,
        digest=digest(secret),
        created_at=at,
        last_seen_at=at,
        **lasts,
    )
    AccessGrant.objects.create(
        workspace=scene.workspace,
        contact=contact,
        client=contact.memberships.get().client,
        device=device,
        issued_at=at,
        claimed_at=at,
        **lasts,
    )
    return {portal_cookie(scene.workspace.slug, "device"): secret, **_csrf_cookie()}


def _csrf_cookie() -> dict[str, str]:
    return {settings.CSRF_COOKIE_NAME: _get_new_csrf_string()}
