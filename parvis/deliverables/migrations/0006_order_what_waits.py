from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clients", "0004_count_editions"),
        ("deliverables", "0005_count_editions"),
        ("documents", "0003_initial"),
        ("projects", "0003_count_editions"),
        ("team", "0001_initial"),
        ("workspaces", "0001_initial"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="deliverable",
            index=models.Index(
                fields=["workspace", "state", "submitted_at", "id"], name="deliverables_by_wait"
            ),
        ),
    ]
