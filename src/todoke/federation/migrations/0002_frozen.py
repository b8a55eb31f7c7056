from django.db import migrations

from todoke.federation import check_triggers


def install(apps, schema_editor):
    check_triggers.install(schema_editor.connection)


def uninstall(apps, schema_editor):
    check_triggers.uninstall(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("federation", "0001_initial")]
    operations = [migrations.RunPython(install, uninstall)]
