
import django.utils.timezone
import todoke.jobs.models
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='PeriodicTask',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, unique=True, verbose_name='名称')),
                ('next_at', models.DateTimeField(verbose_name='次回')),
            ],
            options={
                'verbose_name': '定期作業',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='Job',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(default=todoke.jobs.models.new_token, max_length=32, unique=True, verbose_name='整理番号')),
                ('task', models.CharField(max_length=200, verbose_name='作業')),
                ('queue', models.CharField(default='default', max_length=32, verbose_name='列')),
                ('priority', models.SmallIntegerField(default=0, verbose_name='優先度')),
                ('args', models.JSONField(default=list, verbose_name='引数')),
                ('kwargs', models.JSONField(default=dict, verbose_name='名前付き引数')),
                ('status', models.CharField(choices=[('waiting', '待機中'), ('running', '実行中'), ('done', '完了'), ('dead', '断念')], default='waiting', max_length=10, verbose_name='状態')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='試行回数')),
                ('run_after', models.DateTimeField(default=django.utils.timezone.now, verbose_name='実行時刻')),
                ('worker', models.CharField(blank=True, max_length=80, verbose_name='担当ワーカー')),
                ('leased_until', models.DateTimeField(null=True, verbose_name='貸出期限')),
                ('enqueued_at', models.DateTimeField(auto_now_add=True, verbose_name='登録日時')),
                ('started_at', models.DateTimeField(null=True, verbose_name='開始日時')),
                ('last_attempted_at', models.DateTimeField(null=True, verbose_name='最終試行日時')),
                ('finished_at', models.DateTimeField(null=True, verbose_name='終了日時')),
                ('failure', models.TextField(blank=True, verbose_name='失敗の場所')),
            ],
            options={
                'verbose_name': '予約作業',
                'ordering': ['pk'],
                'indexes': [models.Index(condition=models.Q(('status__in', ['waiting', 'running'])), fields=['-priority', 'run_after', 'id'], name='jobs_open')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('status', 'running'), _negated=True), ('leased_until__isnull', False), _connector='OR'), name='jobs_a_running_job_has_a_lease')],
            },
        ),
    ]
