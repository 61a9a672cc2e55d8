"""The figures of the first page are counted from an index alone."""

from django.db import migrations, models

COLUMNS = ["workspace", "status", "currency", "due_on", "created_at", "contract_amount_minor", "client"]


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0003_index_the_list"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="project",
            index=models.Index(fields=COLUMNS, name="projects_in_figures"),
        ),
    ]
