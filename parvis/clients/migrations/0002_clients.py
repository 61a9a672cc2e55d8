import django.core.validators
import django.db.models.deletion
import parvis.core.ids
import parvis.core.searching
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clients", "0001_contacts"),
        ("team", "0001_initial"),
        ("workspaces", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="AccessGrant",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=parvis.core.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "scope",
                    models.CharField(
                        choices=[("portal", "Portal"), ("sending", "Sending")], default="portal", max_length=8
                    ),
                ),
                ("scope_id", models.UUIDField(null=True)),
                ("issued_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("claimed_at", models.DateTimeField(null=True)),
                ("revoked_at", models.DateTimeField(null=True)),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="grants",
                        to="clients.contact",
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
        ),
        migrations.CreateModel(
            name="AccessToken",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=parvis.core.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("digest", models.CharField(max_length=64, unique=True)),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("invitation", "Invitation"),
                            ("notice", "Notice"),
                            ("reminder", "Reminder"),
                            ("resend", "Resend"),
                            ("requested", "Requested"),
                            ("preview", "Preview"),
                        ],
                        max_length=10,
                    ),
                ),
                ("next_path", models.CharField(blank=True, max_length=200)),
                ("created_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
                (
                    "grant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tokens",
                        to="clients.accessgrant",
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
            name="Client",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=parvis.core.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("edition", models.PositiveIntegerField(default=1, editable=False)),
                ("name", models.CharField(max_length=120, verbose_name="company name")),
                ("search_text", parvis.core.searching.FoldedText("name")),
                ("sector", models.CharField(blank=True, max_length=80, verbose_name="business sector")),
                ("phone", models.CharField(blank=True, max_length=40, verbose_name="phone")),
                ("address", models.TextField(blank=True, verbose_name="address")),
                ("vat_number", models.CharField(blank=True, max_length=30, verbose_name="VAT number")),
                ("website", models.URLField(blank=True, verbose_name="website")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("active", "Active"),
                            ("prospect", "Prospect"),
                            ("inactive", "Inactive"),
                            ("suspended", "Suspended"),
                        ],
                        default="prospect",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("currency", models.CharField(default="EUR", max_length=3, verbose_name="currency")),
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
                ("colour", models.PositiveSmallIntegerField(default=1, verbose_name="colour")),
                ("created_at", models.DateTimeField()),
                ("last_activity_at", models.DateTimeField()),
                ("deleted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "escalation_contact",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="clients.contact",
                        verbose_name="escalation contact",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="team.member",
                        verbose_name="owner",
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
                    models.Index(fields=["workspace", "name"], name="clients_by_name"),
                    models.Index(
                        fields=["workspace", "-last_activity_at", "-id"], name="clients_by_activity"
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="accessgrant",
            name="client",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="grants", to="clients.client"
            ),
        ),
        migrations.CreateModel(
            name="ContactDevice",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=parvis.core.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("label", models.CharField(blank=True, max_length=80)),
                ("created_at", models.DateTimeField()),
                ("last_seen_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="devices",
                        to="clients.contact",
                    ),
                ),
                (
                    "preview_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="team.member",
                    ),
                ),
                (
                    "preview_client",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
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
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="accessgrant",
            name="device",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="grants",
                to="clients.contactdevice",
            ),
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=parvis.core.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("decision_maker", "Decision maker"),
                            ("technical", "Technical"),
                            ("billing", "Billing"),
                            ("observer", "Observer"),
                        ],
                        default="observer",
                        max_length=16,
                        verbose_name="role",
                    ),
                ),
                (
                    "access",
                    models.CharField(
                        choices=[("limited", "Limited access"), ("full", "Full access")],
                        default="full",
                        max_length=8,
                        verbose_name="access",
                    ),
                ),
                ("reaches_all_projects", models.BooleanField(default=True, verbose_name="all projects")),
                ("is_main", models.BooleanField(default=False, verbose_name="main contact")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("none", "Not invited"),
                            ("invited", "Invited"),
                            ("active", "Active"),
                            ("expired", "Invitation expired"),
                            ("disabled", "Access closed"),
                        ],
                        default="none",
                        max_length=8,
                        verbose_name="access",
                    ),
                ),
                ("invited_at", models.DateTimeField(blank=True, null=True)),
                ("welcome_message", models.TextField(blank=True, verbose_name="welcome message")),
                ("last_seen_at", models.DateTimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField()),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to="clients.client",
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to="clients.contact",
                    ),
                ),
                (
                    "invited_by",
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
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("client"), models.F("contact"), name="member_of_a_client_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("is_main", True)),
                        fields=("client",),
                        name="one_main_contact_per_client",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MembershipProject",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=parvis.core.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("project_id", models.UUIDField()),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="listed_projects",
                        to="clients.membership",
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
                        models.F("membership"), models.F("project_id"), name="project_listed_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PortalSettings",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=parvis.core.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("edition", models.PositiveIntegerField(default=1, editable=False)),
                ("enabled", models.BooleanField(default=True, verbose_name="portal enabled")),
                ("progress", models.BooleanField(default=True, verbose_name="Progress")),
                ("tasks", models.BooleanField(default=True, verbose_name="Tasks")),
                ("milestones", models.BooleanField(default=True, verbose_name="Milestones")),
                ("documents", models.BooleanField(default=True, verbose_name="Documents")),
                ("upload", models.BooleanField(default=True, verbose_name="Uploading files")),
                ("comments", models.BooleanField(default=True, verbose_name="Comments")),
                ("messages", models.BooleanField(default=True, verbose_name="Messages")),
                ("approvals", models.BooleanField(default=True, verbose_name="Approvals")),
                ("timeline", models.BooleanField(default=True, verbose_name="Timeline")),
                ("invoices", models.BooleanField(default=False, verbose_name="Invoices")),
                (
                    "welcome_messages",
                    models.JSONField(blank=True, default=dict, verbose_name="welcome message"),
                ),
                (
                    "colour",
                    models.CharField(
                        blank=True,
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
                ("logo_id", models.UUIDField(blank=True, null=True, verbose_name="logo")),
                ("notification_defaults", models.JSONField(blank=True, default=dict)),
                ("updated_at", models.DateTimeField()),
                (
                    "client",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="portal",
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
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="accessgrant",
            constraint=models.UniqueConstraint(
                condition=models.Q(("revoked_at", None), ("scope", "portal")),
                fields=("contact", "client"),
                name="one_portal_grant_at_a_time",
            ),
        ),
    ]
