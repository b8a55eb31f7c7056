"""The vocabulary has a version, so that a process reads its words again only when one of them was changed."""

from typing import Any
from uuid import uuid4

from django.db import migrations, models

from todoke.guidance import vocabulary_triggers


def install(apps: Any, schema_editor: Any) -> None:
    apps.get_model("guidance", "VocabularyVersion").objects.create(pk=1, version=uuid4().hex)
    vocabulary_triggers.install(schema_editor.connection)


def uninstall(apps: Any, schema_editor: Any) -> None:
    vocabulary_triggers.uninstall(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("guidance", "0016_ascending_contacts")]

    operations = [
        migrations.CreateModel(
            name="VocabularyVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.CharField(max_length=32, verbose_name="版")),
            ],
            options={"verbose_name": "さがす言葉の版"},
        ),
        migrations.RunPython(install, uninstall),
    ]
