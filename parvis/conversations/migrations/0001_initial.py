import django.db.models.deletion
import parvis.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("clients", "0002_clients"),
        ("files", "0001_initial"),
        ("team", "0001_initial"),
        ("workspaces", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="ClientComment",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=parvis.core.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("body", models.TextField()),
                ("at", models.DateTimeField()),
                ("version_number", models.PositiveIntegerField(null=True)),
                ("refused_verdict", models.CharField(blank=True, max_length=20)),
                (
                    "author_contact",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clients.contact",
                    ),
                ),
                (
                    "author_member",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="team.member",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="replies",
                        to="conversations.clientcomment",
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="workspaces.workspace",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("author_member", None), ("author_contact", None), _connector="XOR"
                        ),
                        name="a_comment_has_one_author",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CommentAttachment",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=parvis.core.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "comment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attachments",
                        to="conversations.clientcomment",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.storedfile"
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="workspaces.workspace",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Mention",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=parvis.core.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "comment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mentions",
                        to="conversations.clientcomment",
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="clients.contact",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="team.member",
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="workspaces.workspace",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Thread",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=parvis.core.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("project_id", models.UUIDField()),
                ("comment_count", models.PositiveIntegerField(default=0)),
                ("last_comment_at", models.DateTimeField(null=True)),
                ("awaits_answer", models.BooleanField(default=False)),
                ("resolved_at", models.DateTimeField(null=True)),
                ("resolved_by_name", models.CharField(blank=True, max_length=120)),
                ("created_at", models.DateTimeField()),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="clients.client"
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="workspaces.workspace",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("awaits_answer", True)),
                        fields=["workspace", "resolved_at"],
                        name="threads_awaiting_answer",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="clientcomment",
            name="thread",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="comments",
                to="conversations.thread",
            ),
        ),
        migrations.AddIndex(
            model_name="clientcomment",
            index=models.Index(fields=["thread", "at"], name="comments_of_a_thread"),
        ),
    ]
