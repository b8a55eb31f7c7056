"""The indexes of days ascend: where new rows come first, an index is half empty and takes twice as long to read."""

from django.db import migrations, models

from todoke.runtime.database.concurrent_index import AddIndexConcurrently

GONE = models.Q(disposed_at__isnull=False)
ORDERS = {"by_close": ["closed_on", "number", "status", "kind"], "by_disposal": ["disposed_at", "number", "kind"]}
INDEXES = [
    models.Index(fields=fields, name=f"records_of_{whose}_{name}", condition=GONE if name == "by_disposal" else None)
    for name, order in ORDERS.items()
    for whose, fields in {"section": ["department", *order], "all": [*order, "department"]}.items()
]
BEFORE = [f"records_of_{whose}_{name}" for name in ("closed", "gone") for whose in ("section", "all")]


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("records", "0004_orders_of_all_files")]
    operations = [
        *(AddIndexConcurrently(model_name="recordfile", index=index) for index in INDEXES),
        *(migrations.RemoveIndex(model_name="recordfile", name=name) for name in BEFORE),
    ]
