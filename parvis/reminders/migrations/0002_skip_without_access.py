from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reminders", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="reminderrun",
            name="reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("not_sent", "Nothing has been sent yet."),
                    ("locked", "The project is completed."),
                    ("disabled", "Reminders were switched off by the team."),
                    ("no_access", "The recipient cannot answer at the moment."),
                    ("opted_out", "The recipient asked for no reminders."),
                    ("no_items", "Nothing is asked for."),
                    ("all_done", "Everything is done."),
                    ("dated_item_done", "An item with a due date is done."),
                    ("no_due_date", "No open item has a due date."),
                    ("cap", "The highest number of reminders has been reached."),
                    ("missed", "The hour passed while no reminders could be sent."),
                ],
                max_length=20,
                verbose_name="reason",
            ),
        ),
    ]
