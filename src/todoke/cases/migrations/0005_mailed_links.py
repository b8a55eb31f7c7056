"""The browser that sent an application; the token of a reconfirmation opens nothing any more."""

from django.db import migrations, models

import todoke.cases.models.reconfirmation


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_delivery_wish")]

    operations = [
        migrations.AddField(
            model_name="draft",
            name="sent_from",
            field=models.CharField(blank=True, max_length=24, verbose_name="送信したブラウザー"),
        ),
        migrations.AlterField(
            model_name="reconfirmation",
            name="token",
            field=models.CharField(
                default=todoke.cases.models.reconfirmation.new_token,
                max_length=40,
                unique=True,
                verbose_name="整理番号",
            ),
        ),
    ]
