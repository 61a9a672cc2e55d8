from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0002_order_within_a_moment"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="eventdelivery",
            index=models.Index(
                condition=models.Q(("state", "handled")), fields=["handled_at"], name="delivery_handled"
            ),
        ),
    ]
