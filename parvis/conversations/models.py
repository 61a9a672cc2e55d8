"""Threads and the comments in them that both sides read."""

from django.db import models
from django.db.models import Q

from parvis.access import Audience, Guard
from parvis.conversations.querysets import ClientCommentQuerySet
from parvis.workspaces.models import WorkspaceRow


class Thread(WorkspaceRow):
    """A talk with a client. It does not know its subject: owners point down to it."""

    client = models.ForeignKey("clients.Client", on_delete=models.CASCADE, related_name="+")
    project_id = models.UUIDField()  # projects stand above
    comment_count = models.PositiveIntegerField(default=0)
    last_comment_at = models.DateTimeField(null=True)
    awaits_answer = models.BooleanField(default=False)  # the last word is the client's (G2-04e)
    resolved_at = models.DateTimeField(null=True)
    resolved_by_name = models.CharField(max_length=120, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        indexes = (
            # Two columns: of two equally good indexes SQLite may take the one that holds every thread.
            models.Index(
                fields=["workspace", "resolved_at"],
                name="threads_awaiting_answer",
                condition=Q(awaits_answer=True),
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_resolved(self) -> bool:
        """Closed as satisfied (G1-18); says nothing about approval (A-16)."""
        return self.resolved_at is not None

    @property
    def guard(self) -> Guard:
        return Guard(
            workspace_id=self.workspace_id,
            client_id=self.client_id,
            project_id=self.project_id,
            audience=Audience.CLIENT,
        )


class ClientComment(WorkspaceRow):
    """A comment both sides read. Staff comments are other rows, in `backstage`."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="comments")
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="replies")
    author_member = models.ForeignKey("team.Member", on_delete=models.PROTECT, null=True, related_name="+")
    author_contact = models.ForeignKey(
        "clients.Contact", on_delete=models.PROTECT, null=True, related_name="+"
    )
    body = models.TextField()
    at = models.DateTimeField()
    version_number = models.PositiveIntegerField(null=True)  # current when written (G1-02d, G1-34c)
    refused_verdict = models.CharField(
        max_length=20, blank=True
    )  # words of a decision that came too late

    objects = ClientCommentQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=["thread", "at"], name="comments_of_a_thread"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(author_member=None) ^ Q(author_contact=None), name="a_comment_has_one_author"
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def author(self) -> object:
        """The member or contact who wrote it."""
        return self.author_member or self.author_contact

    @property
    def author_name(self) -> str:
        """Their name as it is today."""
        return str(self.author)

    @property
    def author_handle(self) -> str:
        """`designer-alex` or `client-sarah` (G1-16)."""
        author = self.author_member or self.author_contact
        return author.handle if author else ""


class CommentAttachment(WorkspaceRow):
    """A file hung on a comment, and so on the version current when it was written (G1-34c)."""

    comment = models.ForeignKey(ClientComment, on_delete=models.CASCADE, related_name="attachments")
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.file_id)

    @property
    def guard(self) -> Guard:
        """Whoever may read the thread may have its files."""
        return self.comment.thread.guard


class Mention(WorkspaceRow):
    """Somebody was addressed by handle (G1-16); made only for people who may read the thread."""

    comment = models.ForeignKey(ClientComment, on_delete=models.CASCADE, related_name="mentions")
    member = models.ForeignKey("team.Member", on_delete=models.CASCADE, null=True, related_name="+")
    contact = models.ForeignKey("clients.Contact", on_delete=models.CASCADE, null=True, related_name="+")

    def __str__(self) -> str:
        return str(self.member_id or self.contact_id)
