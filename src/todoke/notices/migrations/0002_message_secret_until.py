"""Until when a text holds a code that opens something; texts of before lose their codes, which are over."""

from django.db import migrations, models

CODES = ["case-code", "sign-in-code"]


def erase_codes(apps, schema_editor):
    apps.get_model("notices", "Message").objects.filter(code__in=CODES).update(body="")


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="message",
            name="secret_until",
            field=models.DateTimeField(db_index=True, null=True, verbose_name="本文の番号やリンクが使える期限"),
        ),
        migrations.RunPython(erase_codes, migrations.RunPython.noop, elidable=True),
    ]
