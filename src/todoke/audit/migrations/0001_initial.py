
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(max_length=120, verbose_name='対象')),
                ('sequence', models.PositiveIntegerField(verbose_name='連番')),
                ('at', models.DateTimeField(verbose_name='日時')),
                ('actor_label', models.CharField(max_length=100, verbose_name='行為者の表示')),
                ('act', models.CharField(max_length=60, verbose_name='行為')),
                ('reason', models.TextField(blank=True, verbose_name='理由')),
                ('changed', models.TextField(blank=True, verbose_name='変わった項目')),
                ('before_hash', models.CharField(blank=True, max_length=64, verbose_name='前の状態')),
                ('after_hash', models.CharField(blank=True, max_length=64, verbose_name='後の状態')),
                ('previous_hash', models.CharField(blank=True, max_length=64, verbose_name='直前の封印')),
                ('hash', models.CharField(max_length=64, verbose_name='封印')),
                ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='行為者')),
            ],
            options={
                'verbose_name': '監査記録',
                'ordering': ['subject', 'sequence'],
                'indexes': [models.Index(fields=['at'], name='audit_entry_at')],
                'constraints': [models.UniqueConstraint(fields=('subject', 'sequence'), name='audit_one_entry_per_step')],
            },
        ),
    ]
