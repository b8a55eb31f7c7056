
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organization', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='LifeEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=30, unique=True, verbose_name='コード')),
                ('title', models.CharField(max_length=50, verbose_name='名称')),
                ('lead', models.CharField(max_length=200, verbose_name='説明')),
                ('words', models.CharField(help_text='空白で区切る。大事な順に書く。', max_length=200, verbose_name='手続の言葉')),
                ('survey_event', models.CharField(blank=True, max_length=50, verbose_name='国の調査のイベント')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='並び順')),
            ],
            options={
                'verbose_name': '暮らしの出来事',
                'ordering': ['position', 'code'],
            },
        ),
        migrations.CreateModel(
            name='Wording',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('said', models.CharField(max_length=50, unique=True, verbose_name='住民の言葉')),
                ('means', models.CharField(help_text='空白で区切る。大事な順に書く。', max_length=200, verbose_name='手続の言葉')),
            ],
            options={
                'verbose_name': '言い換え',
                'ordering': ['said'],
            },
        ),
        migrations.CreateModel(
            name='Broadcast',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(max_length=24, unique=True, verbose_name='整理番号')),
                ('subject', models.CharField(max_length=100, verbose_name='件名')),
                ('body', models.TextField(max_length=4000, verbose_name='本文')),
                ('status', models.CharField(choices=[('scheduled', '送信予定'), ('sending', '送信中'), ('sent', '送信済み'), ('cancelled', '取りやめ')], default='scheduled', max_length=10, verbose_name='状態')),
                ('send_at', models.DateTimeField(verbose_name='送信する日時')),
                ('drafted_at', models.DateTimeField(auto_now_add=True, verbose_name='作成日時')),
                ('settled_at', models.DateTimeField(null=True, verbose_name='送信・取りやめの日時')),
                ('readers', models.PositiveIntegerField(default=0, verbose_name='送った人数')),
                ('reached', models.PositiveBigIntegerField(default=0, verbose_name='ここまで送った')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organization.department', verbose_name='担当部署')),
                ('drafted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='作成者')),
                ('events', models.ManyToManyField(related_name='+', to='guidance.lifeevent', verbose_name='暮らしの出来事')),
            ],
            options={
                'verbose_name': '一斉のお知らせ',
                'ordering': ['-send_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('agreed_at', models.DateTimeField(auto_now_add=True, verbose_name='同意した日時')),
                ('withdrawn_at', models.DateTimeField(null=True, verbose_name='やめた日時')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consents', to=settings.AUTH_USER_MODEL, verbose_name='利用者')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='guidance.lifeevent', verbose_name='暮らしの出来事')),
            ],
            options={
                'verbose_name': '受信の同意',
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('user', 'event'), name='guidance_one_consent_per_event')],
            },
        ),
    ]
