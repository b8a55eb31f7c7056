"""Cases and letters are listed, sought and counted along indexes, of open cases along small ones of their own."""

from django.db import migrations, models
from django.db.models import Q

from todoke.runtime.database.concurrent_index import AddIndexConcurrently

OPEN = ("received", "review", "correction", "deciding")
FIELDS = {
    "cases_open_in_order_of_receipt": ["received_at", "id", "department", "assignee", "due_on", "status"],
    "cases_open_in_order_of_kana": ["applicant_kana", "id", "department", "assignee", "due_on", "status"],
    "cases_open_in_order_of_number": ["number", "id", "department", "assignee", "due_on", "status"],
    "cases_open_by_person": ["search_name", "number", "due_on", "id", "department", "status"],
}
ALL_FIELDS = {
    "cases_by_record": ["recorded_at"],
    "cases_of_section_by_receipt": ["department", "received_at", "id", "status", "search_name", "number"],
    "cases_everywhere_by_receipt": ["received_at", "id", "department", "status", "search_name", "number"],
    "cases_of_release_by_record": ["release", "recorded_at"],
    "cases_of_release_received": [
        "release", "received_at", "id", "department", "status", "assignee", "search_name", "number",
    ],
    "cases_of_release_by_kana": ["release", "applicant_kana", "id", "department", "status"],
    "cases_delivery": ["delivery", "department"],
}  # fmt: skip
TO_POST = Q(
    made_at__isnull=False, cancelled_at__isnull=True, opened_at__isnull=True, posted_at__isnull=True,
    batch__isnull=True,
)  # fmt: skip
LETTERS = {
    "cases_letters_to_post": (["batch", "made_at"], TO_POST),
    "cases_letters_posted": (["posted_at"], Q(posted_at__isnull=False)),
    "cases_letters_returned": (["returned_at"], Q(returned_at__isnull=False)),
}


class Migration(migrations.Migration):
    atomic = False
    replaces = [
        ("cases", "0015_indexes_of_open_cases"),
        ("cases", "0016_cases_of_release_by_record"),
        ("cases", "0017_cases_of_release"),
        ("cases", "0018_letters_on_their_way"),
        ("cases", "0019_searched_cases"),
        ("cases", "0022_ascending_receipts"),
        ("cases", "0023_due_days_of_open_cases"),
    ]
    dependencies = [("cases", "0014_intake_counts")]

    operations = [
        *(
            AddIndexConcurrently("case", models.Index(fields=fields, name=name, condition=Q(("status__in", OPEN))))
            for name, fields in FIELDS.items()
        ),
        *(AddIndexConcurrently("case", models.Index(fields=fields, name=name)) for name, fields in ALL_FIELDS.items()),
        *(
            AddIndexConcurrently("letter", models.Index(fields=fields, name=name, condition=condition))
            for name, (fields, condition) in LETTERS.items()
        ),
        migrations.RemoveIndex("case", "cases_by_receipt"),
        migrations.RemoveIndex("case", "cases_by_receipt_everywhere"),
        migrations.RemoveIndex("case", "cases_by_delivery"),
    ]
