"""Open cases in small indexes of their own, and the status in those of all cases: lists beside ten years of closed ones."""

from django.db import migrations, models

from todoke.runtime.database.concurrent_index import AddIndexConcurrently

OPEN = ("received", "review", "correction", "deciding")
FIELDS = {
    "cases_open_by_receipt": ["received_at", "id", "department", "assignee", "status"],
    "cases_open_by_kana": ["applicant_kana", "id", "department", "assignee", "status"],
    "cases_open_by_number": ["number", "id", "department", "assignee", "status"],
    "cases_open_by_person": ["search_name", "number", "due_on", "id", "department", "status"],
}
ALL_FIELDS = {
    "cases_by_record": ["recorded_at"],
    "cases_of_section_by_receipt": ["department", "-received_at", "-id", "status"],
    "cases_everywhere_by_receipt": ["-received_at", "-id", "department", "status"],
}


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("cases", "0014_intake_counts")]

    operations = [
        *(
            AddIndexConcurrently(
                model_name="case",
                index=models.Index(condition=models.Q(("status__in", OPEN)), fields=fields, name=name),
            )
            for name, fields in FIELDS.items()
        ),
        *(
            AddIndexConcurrently(model_name="case", index=models.Index(fields=fields, name=name))
            for name, fields in ALL_FIELDS.items()
        ),
        migrations.RemoveIndex(model_name="case", name="cases_by_receipt"),
        migrations.RemoveIndex(model_name="case", name="cases_by_receipt_everywhere"),
    ]
