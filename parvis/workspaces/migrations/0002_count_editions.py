"""Two people who set the same workspace up are told of each other."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("workspaces", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="workspace",
            name="edition",
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
    ]
