from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("formbuilder", "0004_upload_original_name")]

    operations = [
        migrations.AddField(
            model_name="submission",
            name="agent_role",
            field=models.CharField(blank=True, default="", max_length=10, verbose_name="申請する人の立場"),
        ),
        migrations.AddField(
            model_name="submission",
            name="channel",
            field=models.CharField(blank=True, default="", max_length=10, verbose_name="申請の経路"),
        ),
    ]
