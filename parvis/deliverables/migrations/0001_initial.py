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
        ("documents", "0001_initial"),
        ("files", "0001_initial"),
        ("projects", "0001_initial"),
        ("team", "0001_initial"),
        ("workspaces", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Deliverable",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=parvis.core.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("edition", models.PositiveIntegerField(default=1, editable=False)),
                ("title", models.CharField(max_length=160, verbose_name="title")),
                ("search_text", parvis.core.searching.FoldedText("title")),
                ("description", models.TextField(blank=True, verbose_name="what it is")),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("approval", "Approval"),
                            ("feedback", "Feedback"),
                            ("information", "Information"),
                        ],
                        max_length=12,
                        verbose_name="what the client is asked for",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("pending", "Pending"),
                            ("in_review", "In review"),
                            ("changes_requested", "Changes requested"),
                            ("approved", "Approved"),
                            ("rejected", "Rejected"),
                        ],
                        default="draft",
                        max_length=18,
                    ),
                ),
                ("current_number", models.PositiveIntegerField(default=0)),
                ("revision", models.PositiveIntegerField(default=0)),
                ("planned_on", models.DateField(blank=True, null=True, verbose_name="planned for")),
                ("due_at", models.DateTimeField(blank=True, null=True)),
                ("submitted_at", models.DateTimeField(blank=True, null=True)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                ("escalated_at", models.DateTimeField(blank=True, null=True)),
                ("rounds_used", models.PositiveIntegerField(default=0)),
                (
                    "maximum_rounds",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="revision rounds agreed"),
                ),
                ("comment_count", models.PositiveIntegerField(default=0)),
                ("open_remark_count", models.PositiveIntegerField(default=0)),
                ("created_at", models.DateTimeField()),
                ("updated_at", models.DateTimeField()),
                ("deleted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliverables",
                        to="clients.client",
                    ),
                ),
                (
                    "folder",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="documents.folder",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliverables",
                        to="projects.project",
                    ),
                ),
                (
                    "responsible",
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
                    models.Index(fields=["project", "-updated_at", "-id"], name="deliverables_of_a_project"),
                    models.Index(fields=["workspace", "state", "due_at"], name="deliverables_by_state"),
                    models.Index(
                        fields=["workspace", "state", "submitted_at", "id"], name="deliverables_by_wait"
                    ),
                    models.Index(fields=["client", "state"], name="deliverables_of_a_client"),
                    models.Index(
                        fields=["workspace", "-updated_at", "search_text"], name="deliverables_by_text"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ApproverSlot",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=parvis.core.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("function", models.CharField(blank=True, max_length=80, verbose_name="function")),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clients.contact"
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
                    "deliverable",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="slots",
                        to="deliverables.deliverable",
                    ),
                ),
            ],
            options={
                "ordering": ("position", "id"),
                "constraints": [
                    models.UniqueConstraint(
                        models.F("deliverable"), models.F("contact"), name="approver_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ApprovalPolicy",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=parvis.core.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "required_approvers",
                    models.PositiveSmallIntegerField(
                        default=1,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(20),
                        ],
                        verbose_name="approvals required",
                    ),
                ),
                (
                    "order",
                    models.CharField(
                        choices=[("parallel", "All at once"), ("sequential", "One after the other")],
                        default="parallel",
                        max_length=10,
                        verbose_name="order",
                    ),
                ),
                (
                    "deadline_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        default=3,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(90)],
                        verbose_name="deadline in working days",
                    ),
                ),
                (
                    "reminder_every_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        default=1,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(30)],
                        verbose_name="remind every … days",
                    ),
                ),
                (
                    "escalates",
                    models.BooleanField(
                        default=True, verbose_name="tell the client's owner when the deadline has passed"
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
                    "deliverable",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="policy",
                        to="deliverables.deliverable",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="DeliverableVersion",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=parvis.core.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("note", models.TextField(blank=True, verbose_name="what changed")),
                ("digest", models.CharField(max_length=64)),
                ("submitted_at", models.DateTimeField()),
                ("due_at", models.DateTimeField(blank=True, null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Waiting"),
                            ("approved", "Approved"),
                            ("changes_requested", "Changes requested"),
                            ("rejected", "Rejected"),
                            ("superseded", "Replaced"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="",
                        max_length=18,
                    ),
                ),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "deliverable",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="deliverables.deliverable",
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="team.member"
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
                "ordering": ("-number",),
                "constraints": [
                    models.UniqueConstraint(
                        models.F("deliverable"), models.F("number"), name="one_publication_per_number"
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="deliverable",
            name="current_version",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="deliverables.deliverableversion",
            ),
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=parvis.core.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("contact_name", models.CharField(max_length=160)),
                ("function", models.CharField(blank=True, max_length=80)),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("approved", "Approved"),
                            ("changes_requested", "Changes requested"),
                            ("rejected", "Rejected"),
                            ("no_opinion", "No opinion"),
                        ],
                        max_length=18,
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("at", models.DateTimeField()),
                ("digest", models.CharField(max_length=64)),
                ("device_id", models.UUIDField(null=True)),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clients.contact"
                    ),
                ),
                (
                    "slot",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="decisions",
                        to="deliverables.approverslot",
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
                    "deliverable",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="decisions",
                        to="deliverables.deliverable",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="decisions",
                        to="deliverables.deliverableversion",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("version"), models.F("contact"), name="one_decision_per_version"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Remark",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=parvis.core.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("page", models.PositiveIntegerField(null=True)),
                ("x", models.DecimalField(decimal_places=2, max_digits=5, null=True)),
                ("y", models.DecimalField(decimal_places=2, max_digits=5, null=True)),
                ("created_at", models.DateTimeField()),
                (
                    "deliverable",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="remarks",
                        to="deliverables.deliverable",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.storedfile",
                    ),
                ),
                (
                    "handled_in",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="handled_remarks",
                        to="deliverables.deliverableversion",
                    ),
                ),
                (
                    "thread",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="conversations.thread",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="remarks",
                        to="deliverables.deliverableversion",
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
                "ordering": ("number",),
                "constraints": [
                    models.UniqueConstraint(
                        models.F("deliverable"), models.F("number"), name="one_remark_per_number"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("x", None), ("y", None)),
                            models.Q(("x__gte", 0), ("x__lte", 100), ("y__gte", 0), ("y__lte", 100)),
                            _connector="OR",
                        ),
                        name="pins_stand_on_the_page",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="VersionFile",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=parvis.core.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("position", models.PositiveIntegerField(default=0)),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.storedfile"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="deliverables.deliverableversion",
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
        migrations.CreateModel(
            name="VersionVisit",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=parvis.core.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("opened_at", models.DateTimeField()),
                ("commented_at", models.DateTimeField(null=True)),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="clients.contact"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="visits",
                        to="deliverables.deliverableversion",
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
                    models.UniqueConstraint(
                        models.F("version"), models.F("contact"), name="one_visit_per_version"
                    )
                ],
            },
        ),
    ]
