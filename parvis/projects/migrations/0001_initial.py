import django.core.validators
import django.db.models.deletion
import parvis.core.ids
import parvis.core.searching
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("clients", "0002_clients"),
        ("conversations", "0001_initial"),
        ("team", "0001_initial"),
        ("workspaces", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Project",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=parvis.core.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("edition", models.PositiveIntegerField(default=1, editable=False)),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                ("title", models.CharField(max_length=120, verbose_name="name")),
                (
                    "external_name",
                    models.CharField(blank=True, max_length=120, verbose_name="name for the client"),
                ),
                ("search_text", parvis.core.searching.FoldedText("title", "external_name")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("ready", "Ready"),
                            ("in_progress", "In progress"),
                            ("waiting", "Waiting"),
                            ("completed", "Completed"),
                            ("archived", "Archived"),
                        ],
                        default="planned",
                        max_length=12,
                        verbose_name="internal status",
                    ),
                ),
                (
                    "status_before_archive",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("planned", "Planned"),
                            ("ready", "Ready"),
                            ("in_progress", "In progress"),
                            ("waiting", "Waiting"),
                            ("completed", "Completed"),
                            ("archived", "Archived"),
                        ],
                        max_length=12,
                    ),
                ),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="start")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="due")),
                (
                    "contract_amount_minor",
                    models.BigIntegerField(blank=True, null=True, verbose_name="contract amount"),
                ),
                ("currency", models.CharField(default="EUR", max_length=3, verbose_name="currency")),
                (
                    "progress",
                    models.PositiveSmallIntegerField(
                        default=0,
                        validators=[django.core.validators.MaxValueValidator(100)],
                        verbose_name="progress",
                    ),
                ),
                ("created_at", models.DateTimeField()),
                ("updated_at", models.DateTimeField()),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                ("archived_at", models.DateTimeField(blank=True, null=True)),
                (
                    "assignee",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="team.member",
                        verbose_name="lead",
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="projects",
                        to="clients.client",
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
                        fields=["workspace", "client", "-updated_at", "-id"], name="projects_of_a_client"
                    ),
                    models.Index(fields=["workspace", "status", "due_on"], name="projects_by_status"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("workspace"), models.F("number"), name="one_project_per_number"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Milestone",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=parvis.core.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="name")),
                ("due_on", models.DateField(verbose_name="date")),
                ("client_visible", models.BooleanField(default=True, verbose_name="client can see this")),
                ("reached_at", models.DateTimeField(blank=True, null=True)),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="workspaces.workspace",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="milestones",
                        to="projects.project",
                    ),
                ),
            ],
            options={
                "ordering": ("due_on", "id"),
                "indexes": [models.Index(fields=["workspace", "due_on"], name="milestones_by_day")],
            },
        ),
        migrations.CreateModel(
            name="Discussion",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=parvis.core.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="subject")),
                ("opened_at", models.DateTimeField()),
                (
                    "thread",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="conversations.thread",
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
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="discussions",
                        to="projects.project",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ClientStatus",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=parvis.core.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("edition", models.PositiveIntegerField(default=1, editable=False)),
                ("is_visible", models.BooleanField(default=False, verbose_name="show in the client portal")),
                ("label", models.CharField(blank=True, max_length=60, verbose_name="status for the client")),
                (
                    "description",
                    models.CharField(blank=True, max_length=300, verbose_name="sentence for the client"),
                ),
                (
                    "family",
                    models.CharField(
                        choices=[
                            ("work", "We're on it"),
                            ("wait", "Your turn"),
                            ("review", "Being reviewed"),
                            ("done", "Done"),
                        ],
                        default="work",
                        max_length=8,
                    ),
                ),
                (
                    "step",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[(1, "First"), (2, "Second"), (3, "Third"), (4, "Fourth")],
                        null=True,
                        verbose_name="step",
                    ),
                ),
                ("updated_at", models.DateTimeField()),
                (
                    "updated_by",
                    models.ForeignKey(
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
                (
                    "project",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="client_status",
                        to="projects.project",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Task",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=parvis.core.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("edition", models.PositiveIntegerField(default=1, editable=False)),
                ("title", models.CharField(max_length=160, verbose_name="name")),
                (
                    "state",
                    models.CharField(
                        choices=[("todo", "To do"), ("doing", "In progress"), ("done", "Done")],
                        default="todo",
                        max_length=6,
                        verbose_name="state",
                    ),
                ),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="due")),
                ("client_visible", models.BooleanField(default=False, verbose_name="client can see this")),
                ("position", models.PositiveIntegerField(default=0)),
                ("created_at", models.DateTimeField()),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                (
                    "assignee",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="team.member",
                        verbose_name="person",
                    ),
                ),
                (
                    "client_thread",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="conversations.thread",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tasks",
                        to="projects.project",
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
                "ordering": ("position", "id"),
            },
        ),
    ]
