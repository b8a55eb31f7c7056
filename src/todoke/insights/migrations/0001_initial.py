
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('offers', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='ChannelCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(max_length=100, verbose_name='証明書・手続')),
                ('channel', models.CharField(max_length=40, verbose_name='経路')),
                ('starts_on', models.DateField(verbose_name='期間の初日')),
                ('ends_on', models.DateField(verbose_name='期間の末日')),
                ('count', models.PositiveIntegerField(verbose_name='件数')),
                ('source', models.CharField(max_length=200, verbose_name='出典')),
                ('imported_at', models.DateTimeField(auto_now=True, verbose_name='取込日時')),
            ],
            options={
                'verbose_name': '経路別件数',
                'ordering': ['-starts_on', 'what', 'channel'],
                'constraints': [models.UniqueConstraint(fields=('what', 'channel', 'starts_on'), name='insights_one_count_per_channel'), models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='insights_count_ends_after_start')],
            },
        ),
        migrations.CreateModel(
            name='RateRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=20, verbose_name='指標')),
                ('on', models.DateField(verbose_name='基準日')),
                ('numerator', models.PositiveIntegerField(verbose_name='分子')),
                ('denominator', models.PositiveIntegerField(verbose_name='分母')),
                ('recorded_at', models.DateTimeField(auto_now=True, verbose_name='記録日時')),
            ],
            options={
                'verbose_name': '割合の記録',
                'ordering': ['key', 'on'],
                'constraints': [models.UniqueConstraint(fields=('key', 'on'), name='insights_one_rate_per_day'), models.CheckConstraint(condition=models.Q(('numerator__lte', models.F('denominator'))), name='insights_rate_within_its_whole')],
            },
        ),
        migrations.CreateModel(
            name='UseEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step', models.CharField(choices=[('viewed', '案内を見た'), ('started', '入力を始めた'), ('submitted', '申請した'), ('returned', '補正を求められた'), ('withdrawn', '取り下げた'), ('decided', '決定された')], max_length=10, verbose_name='段階')),
                ('channel', models.CharField(choices=[('web', 'オンライン'), ('counter', '窓口'), ('post', '郵送'), ('phone', '電話')], default='web', max_length=10, verbose_name='受付経路')),
                ('on', models.DateField(verbose_name='業務日')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='日時')),
                ('offer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='use_events', to='offers.offer', verbose_name='オンライン受付')),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='use_events', to='offers.release', verbose_name='公開版')),
            ],
            options={
                'verbose_name': '利用の記録',
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['offer', 'on', 'step'], name='insights_use_by_day')],
            },
        ),
    ]
