
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='SendBlock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=200, verbose_name='理由')),
                ('placed_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='差し止めた日時')),
                ('released_at', models.DateTimeField(null=True, verbose_name='解除日時')),
                ('released_by', models.CharField(blank=True, max_length=100, verbose_name='解除した人')),
                ('release_reason', models.CharField(blank=True, max_length=200, verbose_name='解除の理由')),
            ],
            options={
                'verbose_name': '差止め',
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('released_at__isnull', True), models.Q(('released_by', ''), _negated=True), _connector='OR'), name='runtime_a_released_block_names_who')],
            },
        ),
    ]
