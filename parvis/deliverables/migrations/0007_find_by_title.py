from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('clients', '0004_count_editions'),
        ('deliverables', '0006_order_what_waits'),
        ('documents', '0003_initial'),
        ('projects', '0004_milestones_by_day'),
        ('team', '0001_initial'),
        ('workspaces', '0001_initial'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='deliverable',
            index=models.Index(fields=['workspace', '-updated_at', 'title'], name='deliverables_by_title'),
        ),
    ]
