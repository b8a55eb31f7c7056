from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from todoke.insights import frozen_rows


def install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for table in frozen_rows.VERSIONS:
        table.install(schema_editor.connection)


def uninstall(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for table in frozen_rows.VERSIONS:
        table.uninstall(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("insights", "0006_open_data")]
    operations = [migrations.RunPython(install, uninstall)]
