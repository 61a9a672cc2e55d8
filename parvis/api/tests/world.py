"""A workspace in which every operation finds something to work on."""

from types import SimpleNamespace

from parvis.backstage.actions import add_staff_comment
from parvis.clients.models import MembershipState
from parvis.core.clock import now
from parvis.deliverables.actions import add_remark, reply_to_remark, resolve_remark
from parvis.documents.actions import add_document, folders_of
from parvis.documents.models import Document
from parvis.notifications.inbox.actions import put
from parvis.notifications.kinds import InboxKind, InboxState
from parvis.notifications.models import InboxItem
from parvis.outbox.actions import enqueue
from parvis.outbox.models import Message, MessageState
from parvis.projects.actions import (
    add_milestone,
    add_task,
    comment_task,
    delete_milestone,
    open_discussion,
    reach_milestone,
)
from parvis.projects.models import ClientStatus
from parvis.team.actions import disable_member, invite_member
from parvis.team.actors import member_actor
from tests.factories import (
    SUNDAY,
    canary,
    make_client,
    make_contact,
    make_draft,
    make_file,
    make_member,
    make_project,
    open_device,
    publish,
)


def furnish(agency):
    """Everything the table of operations names, by name; plain strings, ready for addresses."""
    actor, at = member_actor(agency.olga), now()
    things = SimpleNamespace(agency=agency, actor=actor)
    things.ids = {
        **{name: getattr(agency, name).pk for name in ("olga", "alex", "acme", "borealis", "sarah", "mark")},
        "bo": agency.bo.pk,
        "website": agency.website.pk,
    }
    ClientStatus.objects.create(
        workspace=agency.workspace, project=agency.website, label="Drafting", updated_at=at
    )
    for part in (_people, _parts, _documents, _deliverables, _inbox):
        things.ids |= {name: row.pk for name, row in part(agency, actor, at).items()}
    return things


def _people(agency, actor, at):
    gone = make_client(agency.workspace, "Gone Ltd", deleted_at=at)
    left = make_contact(agency.acme, "Lea Former", deleted_at=at)
    closed = make_contact(agency.acme, "Carl Closed", state=MembershipState.DISABLED)
    fresh = make_contact(agency.acme, "Fay Fresh", state=MembershipState.NONE)
    device, _secret = open_device(agency.sarah, agency.acme, at=at)
    away = make_member(agency.workspace, "Ann Away")
    disable_member(away, actor=actor, at=at)
    invitation = invite_member(
        workspace_id=agency.workspace.pk,
        email="new@example.org",
        name="Noa New",
        role="member",
        actor=actor,
        at=at,
    )
    return {
        "gone": gone,
        "left": left,
        "closed": closed,
        "fresh": fresh,
        "device": device,
        "away": away,
        "invitation": invitation,
    }


def _parts(agency, actor, at):
    milestone = add_milestone(agency.website, title="Launch", due_on=SUNDAY.date(), actor=actor, at=at)
    reached = add_milestone(agency.website, title="Start", due_on=SUNDAY.date(), actor=actor, at=at)
    reach_milestone(reached, actor=actor, at=at)
    dropped = add_milestone(agency.website, title="Beta", due_on=SUNDAY.date(), actor=actor, at=at)
    delete_milestone(dropped, actor=actor, at=at)
    task = add_task(agency.website, title="Draw", client_visible=True, actor=actor, at=at)
    file = make_file(agency.workspace, "sketch.png")
    comment = comment_task(task, body="Please look", files=[file], actor=actor, at=at)
    discussion = open_discussion(agency.website, title="Colours", body="Blue?", actor=actor, at=at)
    shop = make_project(agency.acme, "Shop")
    elsewhere = make_project(agency.borealis, "Elsewhere")
    staff_comment = add_staff_comment(agency.website, body=canary("say"), actor=actor, at=at)
    return {
        "milestone": milestone,
        "reached": reached,
        "dropped": dropped,
        "task": task,
        "task_comment": comment,
        "task_file": file,
        "discussion": discussion,
        "shop": shop,
        "elsewhere": elsewhere,
        "staff_comment": staff_comment,
    }


def _documents(agency, actor, at):
    folder, other = folders_of(agency.website)[:2]
    make = {"folder": folder, "actor": actor, "at": at}
    document = add_document(agency.website, title="Brief", file=make_file(agency.workspace), **make)
    trashed = add_document(agency.website, title="Old", file=make_file(agency.workspace), **make)
    Document.objects.filter(pk=trashed.pk).update(deleted_at=at)
    return {"folder": folder, "other_folder": other, "document": document, "trashed": trashed}


def _deliverables(agency, actor, at):
    draft = make_draft(agency.website, "Draft", approvers=[agency.sarah])
    homepage = make_draft(agency.website, "Homepage", approvers=[agency.sarah, agency.mark])
    shown = make_file(agency.workspace, "homepage.png")
    version = publish(homepage, files=[shown], at=at)
    for number in (1, 2):
        remark = add_remark(homepage, version_id=version.pk, body=f"Point {number}", actor=actor, at=at)
        reply = reply_to_remark(remark, body="Yes", actor=actor, at=at)
    resolve_remark(remark, actor=actor, at=at)
    removed = make_draft(agency.website, "Removed")
    type(removed).objects.filter(pk=removed.pk).update(deleted_at=at)
    return {
        "draft": draft,
        "homepage": homepage,
        "version": version,
        "version_file": shown,
        "settled_reply": reply,
        "removed": removed,
        "settled": remark,
    }


def _inbox(agency, actor, at):
    message = enqueue(
        "contacts.access_link",
        key="lost",
        workspace_id=agency.workspace.pk,
        payload={"client_id": agency.acme.pk},
        at=at,
        contact_id=agency.sarah.pk,
    )
    made = {"message": message}
    Message.objects.filter(pk=message.pk).update(state=MessageState.UNKNOWN)
    wanted = {
        "item": (InboxKind.INVITATION_EXPIRED, "clients.Contact", agency.sarah.pk),
        "done_item": (InboxKind.INVITATION_EXPIRED, "clients.Contact", agency.mark.pk),
        "mail_item": (InboxKind.MAIL_TROUBLE, Message._meta.label, message.pk),
    }
    for name, (kind, subject_type, subject_id) in wanted.items():
        put(
            [agency.olga],
            kind=kind,
            key=name,
            subject_type=subject_type,
            subject_id=subject_id,
            client_id=agency.acme.pk,
            at=at,
        )
        made[name] = InboxItem.objects.get(member=agency.olga, key=name)
    InboxItem.objects.filter(key="done_item").update(state=InboxState.DONE, done_at=at)
    return made
