from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="document",
            name="edition",
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
    ]
