from django.db import migrations, models

from todoke.audit import data_export_triggers


def install(apps, schema_editor):
    data_export_triggers.install(schema_editor.connection)


def uninstall(apps, schema_editor):
    data_export_triggers.uninstall(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("audit", "0004_data_export")]
    operations = [
        migrations.AddField(
            model_name="dataexport",
            name="persons",
            field=models.PositiveIntegerField(null=True, verbose_name="人数"),
        ),
        migrations.RunPython(install, uninstall),
    ]
