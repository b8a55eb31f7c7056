"""The indexes of receipts ascend: where new rows come first, an index is half empty and takes twice as long to read."""

from django.db import migrations, models

from todoke.runtime.database.concurrent_index import AddIndexConcurrently

INDEXES = (
    models.Index(
        fields=["department", "received_at", "id", "status", "search_name", "number"],
        name="cases_of_section_by_receipt",
    ),
    models.Index(
        fields=["received_at", "id", "department", "status", "search_name", "number"],
        name="cases_everywhere_by_receipt",
    ),
    models.Index(
        fields=["release", "received_at", "id", "department", "status", "assignee", "search_name", "number"],
        name="cases_of_release_received",
    ),
)
BEFORE = ("cases_of_section_received", "cases_everywhere_received", "cases_of_release_by_receipt")


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("cases", "0021_departments_counted")]
    operations = [
        *(AddIndexConcurrently(model_name="case", index=index) for index in INDEXES),
        *(migrations.RemoveIndex(model_name="case", name=name) for name in BEFORE),
    ]
