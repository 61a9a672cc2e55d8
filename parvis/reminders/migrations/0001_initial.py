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
            name="ReminderRun",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=parvis.core.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("subject_type", models.CharField(max_length=40, verbose_name="about")),
                ("subject_id", models.UUIDField()),
                ("recipient_id", models.UUIDField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("gentle", "Gentle"),
                            ("urgent", "Urgent"),
                            ("custom", "Custom"),
                            ("periodic", "Once per period"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("planned_for", models.DateField(verbose_name="planned for")),
                ("planned_at", models.DateTimeField(verbose_name="planned at")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("planned", "On its way"),
                            ("sent", "Sent"),
                            ("skipped", "Not sent"),
                            ("failed", "Failed"),
                            ("missed", "Missed"),
                            ("unknown", "Perhaps sent"),
                        ],
                        max_length=12,
                        verbose_name="outcome",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("not_sent", "Nothing has been sent yet."),
                            ("locked", "The project is completed."),
                            ("disabled", "Reminders were switched off by the team."),
                            ("opted_out", "The recipient asked for no reminders."),
                            ("no_items", "Nothing is asked for."),
                            ("all_done", "Everything is done."),
                            ("dated_item_done", "An item with a due date is done."),
                            ("no_due_date", "No open item has a due date."),
                            ("cap", "The highest number of reminders has been reached."),
                            ("missed", "The hour passed while no reminders could be sent."),
                        ],
                        max_length=20,
                        verbose_name="reason",
                    ),
                ),
                ("outbox_key", models.CharField(blank=True, max_length=200)),
                ("created_at", models.DateTimeField()),
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
                "verbose_name": "reminder",
                "verbose_name_plural": "reminders",
                "indexes": [models.Index(fields=["outbox_key"], name="reminder_outbox_key")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("subject_type", "subject_id", "recipient_id", "planned_for"),
                        name="one_run_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("outcome__in", ["planned", "sent", "skipped", "failed", "missed", "unknown"])
                        ),
                        name="reminder_outcome_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("outcome__in", ["skipped", "missed"]),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("outcome__in", ["skipped", "missed"]), _negated=True),
                                ("reason", ""),
                            ),
                            _connector="OR",
                        ),
                        name="reminder_reason_when_not_sent",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Sweep",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=parvis.core.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("subject_type", models.CharField(max_length=40)),
                ("subject_id", models.UUIDField()),
                ("through", models.DateField()),
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
                    models.UniqueConstraint(fields=("subject_type", "subject_id"), name="one_sweep_a_subject")
                ],
            },
        ),
    ]
