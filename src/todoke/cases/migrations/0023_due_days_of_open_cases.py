"""The indexes of open cases hold the deadline, so that those due soon or overdue are listed along them as well."""

from django.db import migrations, models

from todoke.runtime.database.concurrent_index import AddIndexConcurrently

OPEN = models.Q(status__in=["received", "review", "correction", "deciding"])
ORDERS = {"receipt": "received_at", "kana": "applicant_kana", "number": "number"}
INDEXES = [
    models.Index(
        fields=[field, "id", "department", "assignee", "due_on", "status"], name=f"cases_open_in_order_of_{name}",
        condition=OPEN,
    )
    for name, field in ORDERS.items()
]


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("cases", "0022_ascending_receipts")]
    operations = [
        *(AddIndexConcurrently(model_name="case", index=index) for index in INDEXES),
        *(migrations.RemoveIndex(model_name="case", name=f"cases_open_by_{name}") for name in ORDERS),
    ]
