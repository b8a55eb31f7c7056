"""The contacts of a section about one kind are found by an index: a contact holds the kind of its matter."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Subquery

from todoke.runtime.database.concurrent_index import AddIndexConcurrently


def fill(apps: Any, schema_editor: Any) -> None:
    """Copy the kind of each matter to its contacts."""
    threads = apps.get_model("guidance", "ContactThread").objects.filter(pk=OuterRef("thread"))
    contacts = apps.get_model("guidance", "Contact").objects.filter(topic=None)
    contacts.update(topic=Subquery(threads.values("topic")))


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("guidance", "0014_contacts_of_section")]

    operations = [
        migrations.AddField(
            model_name="contact",
            name="topic",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                help_text="用件から写した値。部署と種類で探す索引のため",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="guidance.contacttopic",
                verbose_name="用件の種類",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        AddIndexConcurrently(
            model_name="contact",
            index=models.Index(fields=["department", "topic", "-started_at", "-id"], name="guidance_contacts_by_topic"),
        ),
    ]
