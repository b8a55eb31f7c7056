"""Indexes of cases 案件の索引: along which lists are walked and counted; of open cases some that hold no others."""

from django.db.models import Index, Q

from todoke.cases.models.status import OPEN
from todoke.runtime.database.literal_condition import literal_condition

_OPEN_WORDS = ", ".join(f"'{status}'" for status in OPEN)
IS_OPEN = literal_condition("status", f"IN ({_OPEN_WORDS})")
"""Whether a case is open, word by word as the indexes of open cases say it."""


def _of_open(*fields: str, name: str) -> Index:
    """Return an index of open cases only: as small with ten years of closed ones as without.

    The fields end with the status, so that SQLite reads no row and does not prefer the index of all cases.
    """
    return Index(fields=fields, name=name, condition=Q(status__in=OPEN))


# Times ascend: new rows then come last, where pages are left full; where they come first, half of each stays empty.
INDEXES = [
    Index(fields=["department", "status", "due_on", "id", "assignee"], name="cases_by_due"),
    Index(
        fields=["department", "received_at", "id", "status", "search_name", "number"],
        name="cases_of_section_by_receipt",
    ),
    Index(fields=["assignee", "status", "department", "due_on", "id"], name="cases_by_assignment"),
    Index(fields=["department", "applicant_kana", "id"], name="cases_by_kana"),
    Index(fields=["applicant_kana", "id"], name="cases_by_kana_everywhere"),
    Index(
        fields=["received_at", "id", "department", "status", "search_name", "number"],
        name="cases_everywhere_by_receipt",
    ),
    Index(fields=["department", "search_name", "due_on", "id"], name="cases_by_person"),
    Index(fields=["delivery", "department"], name="cases_delivery"),
    Index(fields=["release", "department", "status"], name="cases_by_release"),
    Index(
        fields=["release", "received_at", "id", "department", "status", "assignee", "search_name", "number"],
        name="cases_of_release_received",
    ),
    Index(fields=["release", "applicant_kana", "id", "department", "status"], name="cases_of_release_by_kana"),
    Index(fields=["recorded_at"], name="cases_by_record"),
    Index(fields=["release", "recorded_at"], name="cases_of_release_by_record"),
    _of_open("received_at", "id", "department", "assignee", "due_on", "status", name="cases_open_in_order_of_receipt"),
    _of_open("applicant_kana", "id", "department", "assignee", "due_on", "status", name="cases_open_in_order_of_kana"),
    _of_open("number", "id", "department", "assignee", "due_on", "status", name="cases_open_in_order_of_number"),
    _of_open("search_name", "number", "due_on", "id", "department", "status", name="cases_open_by_person"),
]
