from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("runtime", "0002_installed_build")]

    operations = [
        migrations.AddField(
            model_name="installedbuild",
            name="release",
            field=models.CharField(blank=True, db_default="", default="", max_length=20, verbose_name="版"),
        ),
    ]
