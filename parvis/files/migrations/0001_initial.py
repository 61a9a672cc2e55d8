import django.db.models.deletion
import parvis.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("team", "0001_initial"),
        ("workspaces", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="StorageUse",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=parvis.core.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("used_bytes", models.BigIntegerField(default=0)),
                (
                    "workspace",
                    models.OneToOneField(
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
            name="StoredFile",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=parvis.core.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("size_bytes", models.BigIntegerField()),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("media_type", models.CharField(max_length=100)),
                (
                    "family",
                    models.CharField(
                        choices=[
                            ("image", "Picture"),
                            ("pdf", "PDF"),
                            ("document", "Document"),
                            ("sheet", "Spreadsheet"),
                            ("archive", "Archive"),
                            ("audio", "Sound"),
                            ("video", "Video"),
                            ("text", "Text"),
                            ("other", "File"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("pending", "Being uploaded"), ("ready", "Ready")],
                        default="pending",
                        max_length=10,
                    ),
                ),
                ("storage_key", models.CharField(max_length=64, unique=True)),
                ("page_count", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "preview_state",
                    models.CharField(
                        choices=[
                            ("none", "No preview for this type of file"),
                            ("waiting", "The preview is being made"),
                            ("ready", "Ready"),
                            ("failed", "No preview could be made"),
                        ],
                        default="none",
                        max_length=10,
                    ),
                ),
                (
                    "preview_failure",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("encrypted", "The document is protected by a password."),
                            ("broken", "The file is damaged."),
                            ("too_heavy", "The file takes too much memory or time to draw."),
                            ("missing", "The file is missing from the storage."),
                        ],
                        max_length=10,
                    ),
                ),
                ("preview_attempts", models.PositiveSmallIntegerField(default=0)),
                ("preview_lease_until", models.DateTimeField(blank=True, null=True)),
                ("preview_hinted_at", models.DateTimeField(blank=True, null=True)),
                ("uploaded_by_contact_id", models.UUIDField(blank=True, null=True)),
                ("created_at", models.DateTimeField()),
                (
                    "uploaded_by_member",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
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
                "indexes": [
                    models.Index(
                        models.F("created_at"),
                        condition=models.Q(("preview_state", "waiting")),
                        name="files_awaiting_preview",
                    ),
                    models.Index(
                        models.F("created_at"), condition=models.Q(("state", "pending")), name="files_pending"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HeldUpload",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=parvis.core.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("form_id", models.UUIDField()),
                ("held_at", models.DateTimeField()),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="team.member"
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
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="held",
                        to="files.storedfile",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(models.F("held_at"), name="files_held_since")],
            },
        ),
        migrations.CreateModel(
            name="FilePage",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=parvis.core.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("width", models.PositiveIntegerField()),
                ("height", models.PositiveIntegerField()),
                ("key_small", models.CharField(max_length=64)),
                ("key_large", models.CharField(max_length=64)),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pages",
                        to="files.storedfile",
                    ),
                ),
            ],
            options={
                "ordering": ("number",),
                "constraints": [
                    models.UniqueConstraint(models.F("file"), models.F("number"), name="files_page_once")
                ],
            },
        ),
    ]
