from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("formbuilder", "0003_answer_source_backfill")]

    operations = [
        migrations.AddField(
            model_name="upload",
            name="renamed_from",
            field=models.CharField(blank=True, default="", max_length=200, verbose_name="もとのファイル名"),
        ),
    ]
