"""Which message told a line of activity, so that another attempt at it tells the same."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notifications", "0001_first_tables")]

    operations = [
        migrations.AddField(model_name="activityline", name="told_in", field=models.UUIDField(null=True)),
    ]
