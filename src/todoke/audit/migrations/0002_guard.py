from django.db import migrations

from todoke.audit.guard import drop_guard, raise_guard


def guard(apps, schema_editor):
    raise_guard(schema_editor.connection)


def unguard(apps, schema_editor):
    drop_guard(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(guard, unguard)]
