"""The team's list of projects pages by change and by day."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0002_edit_milestones"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="project",
            index=models.Index(fields=["workspace", "-updated_at", "-id"], name="projects_by_change"),
        ),
        migrations.AddIndex(
            model_name="project",
            index=models.Index(fields=["workspace", "due_on", "id"], name="projects_by_day"),
        ),
    ]
