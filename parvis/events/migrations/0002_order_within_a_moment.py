from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0001_initial"),
        ("workspaces", "0001_initial"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="event",
            name="event_by_moment",
        ),
        migrations.RemoveIndex(
            model_name="event",
            name="event_by_client",
        ),
        migrations.RemoveIndex(
            model_name="event",
            name="event_by_project",
        ),
        migrations.RemoveIndex(
            model_name="event",
            name="event_by_subject",
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["workspace", "-at", "-id"], name="event_by_moment"),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["workspace", "client_id", "-at", "-id"], name="event_by_client"),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["workspace", "project_id", "-at", "-id"], name="event_by_project"),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["subject_id", "-at", "-id"], name="event_by_subject"),
        ),
    ]
