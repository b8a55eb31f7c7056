from django.db import migrations

from todoke.workforce import closed_month_triggers


def install(apps, schema_editor):
    closed_month_triggers.install(schema_editor.connection)


def uninstall(apps, schema_editor):
    closed_month_triggers.uninstall(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("workforce", "0001_initial")]
    operations = [migrations.RunPython(install, uninstall)]
