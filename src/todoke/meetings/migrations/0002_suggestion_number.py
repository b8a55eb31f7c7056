from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('meetings', '0001_initial'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='suggestion',
            options={'ordering': ['minutes', 'number'], 'verbose_name': '候補'},
        ),
        migrations.AddField(
            model_name='suggestion',
            name='number',
            field=models.PositiveIntegerField(default=1, help_text='会議録のなかの順', verbose_name='番号'),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name='suggestion',
            constraint=models.UniqueConstraint(fields=('minutes', 'number'), name='meetings_one_suggestion_per_number'),
        ),
    ]
