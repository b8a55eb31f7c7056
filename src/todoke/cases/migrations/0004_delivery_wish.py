from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_answer_source")]

    operations = [
        migrations.AddField(
            model_name="case",
            name="delivery_wish",
            field=models.CharField(blank=True, default="", max_length=200, verbose_name="希望した受け取り方"),
        ),
    ]
