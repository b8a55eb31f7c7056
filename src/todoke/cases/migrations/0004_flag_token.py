from django.db import migrations, models

import todoke.cases.models.letter


def give_tokens(apps, schema_editor):
    StopFlag = apps.get_model("cases", "StopFlag")
    for flag in StopFlag.objects.filter(token=None):
        StopFlag.objects.filter(pk=flag.pk).update(token=todoke.cases.models.letter.new_token())


class Migration(migrations.Migration):

    dependencies = [
        ("cases", "0003_attention"),
    ]

    operations = [
        migrations.AddField(
            model_name="stopflag",
            name="token",
            field=models.CharField(max_length=32, null=True, verbose_name="整理番号"),
        ),
        migrations.RunPython(give_tokens, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="stopflag",
            name="token",
            field=models.CharField(
                default=todoke.cases.models.letter.new_token, max_length=32, unique=True, verbose_name="整理番号"
            ),
        ),
    ]
