import django.db.models.deletion
import parvis.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("clients", "0002_clients"),
        ("events", "0001_initial"),
        ("team", "0001_initial"),
        ("workspaces", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="ActivityLine",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=parvis.core.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("at", models.DateTimeField()),
                ("told_at", models.DateTimeField(null=True)),
                ("told_in", models.UUIDField(null=True)),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="clients.client"
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="clients.contact"
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="events.event"
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
                        condition=models.Q(("told_at", None)),
                        fields=["contact", "client", "at"],
                        name="activity_untold",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(models.F("contact"), models.F("event"), name="told_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="InboxItem",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=parvis.core.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("decision", "Decision"),
                            ("comment", "Comment"),
                            ("mention", "Mention"),
                            ("upload", "Uploaded file"),
                            ("escalation", "Overdue approval"),
                            ("mail_trouble", "Undelivered message"),
                            ("invitation_expired", "Expired invitation"),
                        ],
                        max_length=20,
                    ),
                ),
                ("key", models.CharField(max_length=120)),
                ("subject_type", models.CharField(max_length=80)),
                ("subject_id", models.UUIDField()),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("snoozed", "Later"), ("done", "Done")],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("snoozed_until", models.DateTimeField(null=True)),
                ("at", models.DateTimeField()),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "client",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="clients.client",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="events.event",
                    ),
                ),
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
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "done"), _negated=True),
                        fields=["member", "-at"],
                        name="inbox_open",
                    ),
                    models.Index(
                        condition=models.Q(("state", "done")),
                        fields=["member", "-done_at"],
                        name="inbox_done",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("member"), models.F("key"), name="one_inbox_item_per_key"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Preference",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=parvis.core.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("is_on", models.BooleanField()),
                ("changed_at", models.DateTimeField()),
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
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("contact", None), ("member", None), _connector="XOR"),
                        name="a_preference_is_one_persons",
                    ),
                    models.UniqueConstraint(
                        models.F("contact"), models.F("kind"), name="one_preference_per_contact_and_kind"
                    ),
                    models.UniqueConstraint(
                        models.F("member"), models.F("kind"), name="one_preference_per_member_and_kind"
                    ),
                ],
            },
        ),
    ]
