"""The team's list of deliverables pages by deadline."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("deliverables", "0002_shown_version"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="deliverable",
            index=models.Index(fields=["workspace", "due_at", "id"], name="deliverables_by_deadline"),
        ),
    ]
