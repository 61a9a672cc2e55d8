"""How allauth behaves here: nobody signs up alone, and its mails leave through the outbox."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.urls import reverse

from parvis.core.clock import now
from parvis.core.ids import uuid7
from parvis.outbox.actions import enqueue
from parvis.team.models import Member


class AccountAdapter(DefaultAccountAdapter):
    """Members are invited; an account alone opens nothing."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: members are invited, contacts are added."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Leave a row in the outbox; the link is made when the mail leaves, so no secret is stored."""
        if "password_reset" not in template_prefix or template_prefix.endswith("unknown_account"):
            return
        member = Member.objects.active().filter(user__email=email.lower()).order_by("joined_at").first()
        if member is None:
            return
        enqueue(
            "signin.password_reset",
            key=f"password-reset:{uuid7()}",
            workspace_id=member.workspace_id,
            payload={},
            at=now(),
            member_id=member.pk,
        )

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return reverse("dashboard:home")


class MFAAdapter(DefaultMFAAdapter):
    """Second factors: what the authenticator shows."""

    def get_totp_label(self, user: AbstractBaseUser) -> str:
        return user.get_username()
