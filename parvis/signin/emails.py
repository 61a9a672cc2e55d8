"""Mails that let somebody of the team in: a new password, an invitation; links are made as they leave."""

from datetime import datetime

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.utils import translation
from django.utils.translation import gettext as _

from parvis.http.links import agency_url
from parvis.mail.letters import OutgoingMail
from parvis.mail.look import look_of
from parvis.mail.rendering import render_mail
from parvis.outbox.models import Message
from parvis.signin.tokens import digest, new_secret
from parvis.team.models import Member, MemberInvitation
from parvis.workspaces.calendar import calendar_of

FOLDER = "signin/emails"


def password_reset_due(message: Message, at: datetime) -> str | None:
    """Only for a member who may sign in."""
    return None if _member(message) else "access"


def render_password_reset(message: Message, at: datetime) -> OutgoingMail:
    """A link good once and for a short time; the account's password is part of what it is checked against."""
    member = _member(message)
    if member is None:
        raise LookupError("the due check lets no disabled member through")
    user = member.user
    key = default_token_generator.make_token(user)
    with translation.override(user.language):
        context = {
            "look": look_of(member.workspace),
            "name": user.first_name,
            "title": _("A new password"),
            "preheader": _("The link works once."),
            "reason": _("You receive this because somebody asked for a new password with your address."),
            "button_label": _("Choose a new password"),
            "button_url": agency_url(
                "account_reset_password_from_key", uidb36=user_pk_to_url_str(user), key=key
            ),
        }
        subject, html, text = render_mail(f"{FOLDER}/password_reset", context, user.language, user.time_zone)
    return OutgoingMail(
        to_address=user.email,
        to_name=user.name,
        from_name=member.workspace.name,
        subject=subject,
        html=html,
        text=text,
        language=user.language,
    )


def team_invitation_due(message: Message, at: datetime) -> str | None:
    """Neither used, nor taken back, nor too old."""
    waiting = MemberInvitation.objects.filter(accepted_at=None, revoked_at=None, expires_at__gt=at)
    return None if waiting.filter(pk=message.payload["invitation"]).exists() else "settled"


def render_team_invitation(message: Message, at: datetime) -> OutgoingMail:
    """The invitation with its link; of the secret only the digest is kept, a later mail voids an earlier."""
    invitation = MemberInvitation.objects.select_related("workspace", "invited_by__user").get(
        pk=message.payload["invitation"]
    )
    secret = new_secret()
    MemberInvitation.objects.filter(pk=invitation.pk).update(digest=digest(secret))
    workspace, inviter = invitation.workspace, invitation.invited_by
    zone = calendar_of(workspace.pk).zone.key
    with translation.override(workspace.language):
        context = {
            "look": look_of(workspace),
            "name": invitation.name,
            "inviter": inviter.name,
            "role": invitation.get_role_display(),
            "expires_at": invitation.expires_at,
            "title": _("Your place at {agency}").format(agency=workspace.name),
            "preheader": _("{inviter} invites you into the team.").format(inviter=inviter.name),
            "reason": _("You receive this because {inviter} typed your address.").format(
                inviter=inviter.name
            ),
            "button_label": _("Accept the invitation"),
            "button_url": agency_url("team:accept", secret=secret),
        }
        subject, html, text = render_mail(f"{FOLDER}/team_invitation", context, workspace.language, zone)
    return OutgoingMail(
        to_address=invitation.email,
        to_name=invitation.name,
        from_name=f"{inviter.first_name}, {workspace.name}",
        reply_to=inviter.user.email,
        subject=subject,
        html=html,
        text=text,
        language=workspace.language,
    )


def _member(message: Message) -> Member | None:
    """The recipient, if they may sign in."""
    if message.member_id is None:
        return None
    members = Member.objects.active().select_related("user", "workspace")
    return members.filter(pk=message.member_id, user__is_active=True).first()
