import datetime
import django.core.validators
import django.db.models.deletion
import parvis.core.ids
import parvis.workspaces.models
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Workspace",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=parvis.core.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("slug", models.SlugField(max_length=40, unique=True, verbose_name="address")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "language",
                    models.CharField(
                        choices=[
                            ("fr", "Français"),
                            ("en", "English"),
                            ("es", "Español"),
                            ("pt", "Português"),
                        ],
                        default="fr",
                        max_length=5,
                        verbose_name="language",
                    ),
                ),
                ("currency", models.CharField(default="EUR", max_length=3, verbose_name="currency")),
                (
                    "email_from",
                    models.EmailField(blank=True, max_length=254, verbose_name="sender address of mails"),
                ),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="WorkingCalendar",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=parvis.core.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "time_zone",
                    models.CharField(default="Europe/Paris", max_length=60, verbose_name="time zone"),
                ),
                (
                    "working_weekdays",
                    models.JSONField(default=parvis.workspaces.models.weekdays, verbose_name="working days"),
                ),
                (
                    "country",
                    models.CharField(
                        blank=True, default="FR", max_length=2, verbose_name="country of public holidays"
                    ),
                ),
                (
                    "region",
                    models.CharField(blank=True, max_length=12, verbose_name="region of public holidays"),
                ),
                ("closing_days", models.JSONField(blank=True, default=list, verbose_name="own closing days")),
                (
                    "send_time",
                    models.TimeField(default=datetime.time(9, 0), verbose_name="reminders leave at"),
                ),
                (
                    "workspace",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="calendar",
                        to="workspaces.workspace",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Branding",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=parvis.core.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "colour",
                    models.CharField(
                        default="#2f5d50",
                        max_length=7,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^#[0-9a-fA-F]{6}$",
                                "Write a colour as # and six digits, for example #2f5d50.",
                            )
                        ],
                        verbose_name="main colour",
                    ),
                ),
                (
                    "accent",
                    models.CharField(
                        blank=True,
                        max_length=7,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^#[0-9a-fA-F]{6}$",
                                "Write a colour as # and six digits, for example #2f5d50.",
                            )
                        ],
                        verbose_name="accent",
                    ),
                ),
                (
                    "canvas",
                    models.CharField(
                        blank=True,
                        max_length=7,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^#[0-9a-fA-F]{6}$",
                                "Write a colour as # and six digits, for example #2f5d50.",
                            )
                        ],
                        verbose_name="background",
                    ),
                ),
                ("logo_id", models.UUIDField(blank=True, null=True, verbose_name="logo")),
                (
                    "workspace",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="branding",
                        to="workspaces.workspace",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
    ]
