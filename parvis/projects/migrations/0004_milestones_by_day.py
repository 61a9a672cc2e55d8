from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0003_count_editions"),
        ("workspaces", "0001_initial"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="milestone",
            index=models.Index(fields=["workspace", "due_on"], name="milestones_by_day"),
        ),
    ]
