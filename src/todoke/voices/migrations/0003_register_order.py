"""The register of a consultation in the order in which its list shows it."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.db.models import OuterRef, Subquery


def name_consultations(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Write to each judgement the consultation of its receipt; the column may be empty for the release before."""
    receipts = apps.get_model("voices", "CommentReceipt").objects.filter(pk=OuterRef("receipt_id"))
    apps.get_model("voices", "Timeliness").objects.update(consultation=Subquery(receipts.values("consultation")[:1]))


CONSULTATION = {
    "to": "voices.consultation", "on_delete": django.db.models.deletion.PROTECT, "related_name": "judgements",
    "verbose_name": "意見募集", "editable": False,
}  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("voices", "0002_ideas_and_staff_proposals")]

    operations = [
        migrations.AddField("timeliness", "consultation", models.ForeignKey(null=True, **CONSULTATION)),
        migrations.RunPython(name_consultations, migrations.RunPython.noop, elidable=True),
        migrations.AddIndex(
            "commentreceipt",
            models.Index(fields=["consultation", "arrived_at", "id"], name="voices_register_by_arrival"),
        ),
        migrations.AddIndex(
            "timeliness",
            models.Index(fields=["consultation", "standing", "receipt"], name="voices_register_by_standing"),
        ),
    ]
