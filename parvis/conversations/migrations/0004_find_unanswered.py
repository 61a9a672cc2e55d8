from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('clients', '0004_count_editions'),
        ('conversations', '0003_awaits_answer'),
        ('workspaces', '0001_initial'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='thread',
            name='threads_awaiting_answer',
        ),
        migrations.AddIndex(
            model_name='thread',
            index=models.Index(condition=models.Q(('awaits_answer', True)), fields=['workspace', 'resolved_at'], name='threads_awaiting_answer'),
        ),
    ]
