import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0009_answer_exports'),
    ]

    operations = [
        migrations.CreateModel(
            name='DraftReminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('contact', models.TextField(blank=True, verbose_name='メールアドレス')),
                ('agreed_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='同意した日時')),
                ('due_at', models.DateTimeField(verbose_name='知らせる日時')),
                ('reminded_at', models.DateTimeField(null=True, verbose_name='知らせた日時')),
                ('draft', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='reminder', to='cases.draft', verbose_name='申請の下書き')),
            ],
            options={
                'verbose_name': '送り忘れのお知らせ',
                'indexes': [models.Index(condition=models.Q(('reminded_at', None)), fields=['due_at'], name='cases_reminder_due')],
            },
        ),
    ]
