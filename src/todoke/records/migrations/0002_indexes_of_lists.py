"""Files are listed and sought along an index of each order, by section and of all sections."""

from django.db import migrations, models

from todoke.runtime.database.concurrent_index import AddIndexConcurrently

ORDERS = {
    "by_close": ["closed_on", "number", "status", "kind"],
    "by_number": ["number", "status", "kind"],
    "by_kind": ["kind", "number", "status"],
    "by_expiry": ["expires_on", "number", "status", "kind"],
    "by_disposal": ["disposed_at", "number", "kind"],
}
GONE = models.Q(disposed_at__isnull=False)


class Migration(migrations.Migration):
    atomic = False
    replaces = [
        ("records", "0002_files_of_section_by_close"),
        ("records", "0003_orders_of_files"),
        ("records", "0004_orders_of_all_files"),
        ("records", "0005_ascending_days"),
    ]
    dependencies = [("records", "0001_initial")]

    operations = [
        *(
            AddIndexConcurrently(
                "recordfile",
                models.Index(fields=fields, name=f"records_of_{whose}_{name}", condition=GONE if name == "by_disposal" else None),
            )
            for name, order in ORDERS.items()
            for whose, fields in {"section": ["department", *order], "all": [*order, "department"]}.items()
        ),
        migrations.RemoveIndex("recordfile", "records_by_expiry"),
    ]
