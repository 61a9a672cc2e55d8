import django.db.models.deletion
import parvis.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("workspaces", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="WorkerBeat",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=parvis.core.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("process", models.CharField(max_length=120, unique=True)),
                ("started_at", models.DateTimeField()),
                ("seen_at", models.DateTimeField()),
                ("ticked_at", models.DateTimeField(null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=parvis.core.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.CharField(max_length=80)),
                ("key", models.CharField(max_length=200)),
                ("payload", models.JSONField(default=dict)),
                ("member_id", models.UUIDField(null=True)),
                ("contact_id", models.UUIDField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("new", "Waiting"),
                            ("sending", "Being sent"),
                            ("sent", "Sent"),
                            ("failed", "Not delivered"),
                            ("unknown", "Perhaps delivered"),
                            ("cancelled", "No longer needed"),
                        ],
                        default="new",
                        max_length=10,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("due_at", models.DateTimeField()),
                ("lease_until", models.DateTimeField(null=True)),
                ("lease_owner", models.UUIDField(null=True)),
                ("created_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(null=True)),
                ("rfc_message_id", models.CharField(max_length=200)),
                ("error", models.CharField(blank=True, max_length=300)),
                ("result_reason", models.CharField(blank=True, max_length=80)),
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
                        condition=models.Q(("state", "new")),
                        fields=["workspace", "due_at"],
                        name="message_waiting",
                    ),
                    models.Index(
                        condition=models.Q(("state", "sending")),
                        fields=["lease_until"],
                        name="message_sending",
                    ),
                    models.Index(fields=["workspace", "state", "-created_at"], name="message_by_state"),
                    models.Index(fields=["contact_id", "-created_at"], name="message_by_contact"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("workspace", "key"), name="one_message_per_key"),
                    models.CheckConstraint(
                        condition=models.Q(("member_id", None), ("contact_id", None), _connector="OR"),
                        name="one_recipient_per_message",
                    ),
                ],
            },
        ),
    ]
