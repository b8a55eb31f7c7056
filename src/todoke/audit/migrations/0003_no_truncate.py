from django.db import migrations

from todoke.audit import triggers


def install(apps, schema_editor):
    triggers.install(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_guard")]
    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
