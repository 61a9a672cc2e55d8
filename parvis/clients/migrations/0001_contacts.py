import django.db.models.deletion
import django.db.models.functions.text
import parvis.core.ids
import parvis.core.searching
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("workspaces", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="LinkRequest",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=parvis.core.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("email", models.CharField(blank=True, max_length=320)),
                ("token_digest", models.CharField(blank=True, max_length=64)),
                ("requested_at", models.DateTimeField()),
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
            name="Contact",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=parvis.core.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("edition", models.PositiveIntegerField(default=1, editable=False)),
                ("first_name", models.CharField(max_length=80, verbose_name="first name")),
                ("last_name", models.CharField(blank=True, max_length=80, verbose_name="last name")),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail address")),
                ("search_text", parvis.core.searching.FoldedText("first_name", "last_name", "email")),
                ("phone", models.CharField(blank=True, max_length=40, verbose_name="phone")),
                ("function", models.CharField(blank=True, max_length=80, verbose_name="function")),
                ("handle", models.CharField(max_length=40, verbose_name="handle")),
                (
                    "language",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("fr", "Français"),
                            ("en", "English"),
                            ("es", "Español"),
                            ("pt", "Português"),
                        ],
                        max_length=5,
                        verbose_name="language",
                    ),
                ),
                ("time_zone", models.CharField(blank=True, max_length=60, verbose_name="time zone")),
                ("created_at", models.DateTimeField()),
                ("deleted_at", models.DateTimeField(blank=True, null=True)),
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
                    models.UniqueConstraint(
                        models.F("workspace"),
                        django.db.models.functions.text.Lower("email"),
                        name="one_contact_per_email",
                    ),
                    models.UniqueConstraint(
                        models.F("workspace"), models.F("handle"), name="one_contact_per_handle"
                    ),
                ],
            },
        ),
    ]
