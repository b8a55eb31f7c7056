import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('runtime', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='InstalledBuild',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('build', models.CharField(max_length=64, verbose_name='照合値')),
                ('begun_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='移行を始めた日時')),
                ('completed_at', models.DateTimeField(null=True, verbose_name='移行を終えた日時')),
            ],
            options={
                'verbose_name': '版の記録',
                'ordering': ['pk'],
            },
        ),
    ]
