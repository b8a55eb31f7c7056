from django.db import migrations

from todoke.bookings import closed_list_triggers, overlap_triggers


def install(apps, schema_editor):
    overlap_triggers.install(schema_editor.connection)
    closed_list_triggers.install(schema_editor.connection)


def uninstall(apps, schema_editor):
    overlap_triggers.uninstall(schema_editor.connection)
    closed_list_triggers.uninstall(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("bookings", "0001_initial")]
    operations = [migrations.RunPython(install, uninstall)]
