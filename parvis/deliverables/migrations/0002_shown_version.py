"""What a client may see goes on being seen when the version after it is taken back."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import OuterRef, Subquery


def name_them(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The latest version of each deliverable that was not taken back."""
    deliverables = apps.get_model("deliverables", "Deliverable")
    versions = apps.get_model("deliverables", "DeliverableVersion").objects.filter(deliverable=OuterRef("pk"))
    latest = versions.exclude(outcome="withdrawn").order_by("-number").values("pk")[:1]
    deliverables.objects.update(shown_version=Subquery(latest))


class Migration(migrations.Migration):
    dependencies = [("deliverables", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="deliverable",
            name="shown_version",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="deliverables.deliverableversion",
            ),
        ),
        migrations.RunPython(name_them, migrations.RunPython.noop),
    ]
