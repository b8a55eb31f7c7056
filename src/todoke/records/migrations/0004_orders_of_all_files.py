"""The files of several sections, and those disposed of or transferred, are listed along indexes, too."""

from django.db import migrations, models

from todoke.runtime.database.concurrent_index import AddIndexConcurrently

GONE = models.Q(disposed_at__isnull=False)
INDEXES = (
    models.Index(fields=["-closed_on", "-number", "status", "kind", "department"], name="records_of_all_closed"),
    models.Index(fields=["number", "status", "kind", "department"], name="records_of_all_by_number"),
    models.Index(fields=["kind", "number", "status", "department"], name="records_of_all_by_kind"),
    models.Index(fields=["expires_on", "number", "status", "kind", "department"], name="records_of_all_by_expiry"),
    models.Index(
        fields=["department", "-disposed_at", "-number", "kind"], name="records_of_section_gone", condition=GONE
    ),
    models.Index(fields=["-disposed_at", "-number", "kind", "department"], name="records_of_all_gone", condition=GONE),
)


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("records", "0003_orders_of_files")]

    operations = [
        *(AddIndexConcurrently(model_name="recordfile", index=index) for index in INDEXES),
        migrations.RemoveIndex(model_name="recordfile", name="records_by_expiry"),
    ]
