import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0002_versions_of_the_table"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="classification",
            name="table",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="lines",
                to="records.classificationtable",
                verbose_name="文書分類表の版",
            ),
        ),
        migrations.AlterField(
            model_name="classification",
            name="code",
            field=models.CharField(max_length=20, verbose_name="分類記号"),
        ),
    ]
