
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('cases', '0001_initial'),
        ('formbuilder', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Deposit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=30, unique=True, verbose_name='預り番号')),
                ('deposited_at', models.DateTimeField(verbose_name='預かった日時')),
                ('taken_in_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='取り込んだ日時')),
                ('outcome', models.CharField(choices=[('saved', '下書きに保存'), ('received', '申請を受付'), ('to_look_at', '職員の確認が必要')], max_length=12, verbose_name='結果')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='確認が必要な理由')),
                ('content', models.JSONField(null=True, verbose_name='確認を待つ内容')),
                ('case', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='cases.case', verbose_name='案件')),
                ('submission', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='formbuilder.submission', verbose_name='申請内容')),
            ],
            options={
                'verbose_name': '預り',
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'to_look_at'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='continuity_a_doubt_has_a_reason')],
            },
        ),
    ]
