"""Two people who change who approves are told of each other."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("deliverables", "0003_index_the_deadline"),
    ]

    operations = [
        migrations.AddField(
            model_name="approvalpolicy",
            name="edition",
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
    ]
