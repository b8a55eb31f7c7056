"""The inbox 案件の一覧: what each view of the open work shows, how many wait in it, and how a case is found."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any

from django.db.models import DateField, F, IntegerField, Q, QuerySet
from django.db.models.lookups import In

from todoke.accounts.models import User
from todoke.cases import receipt_numbers
from todoke.cases.models import Case, CaseMessage
from todoke.cases.models.case_indexes import IS_OPEN
from todoke.cases.models.querysets import CaseQuerySet, department_ids_of
from todoke.cases.models.status import ATTENTION, CLOSED, Status
from todoke.compiled_queries import CompiledQuery, Parameter
from todoke.formbuilder.models.answer_search import submissions_with_phone
from todoke.japanese.calendar import today
from todoke.japanese.parsers import only_digits
from todoke.japanese.variants import alike_names, name_key
from todoke.lists.bounded_count import BoundedCount
from todoke.lists.substring_search import contains_text
from todoke.runtime.database.unindexed import unindexed

SOON = 3
VIEWS: Mapping[str, str] = {
    "open": "処理中",
    "mine": "自分の担当",
    "unassigned": "担当未定",
    "soon": f"期限まで{SOON}日以内",
    "overdue": "期限超過",
    "correction": "補正待ち",
    "deciding": "決裁中",
    "messages": "申請者からの連絡",
    "letters": "通知書の確認",
    "closed": "完了",
    "all": "すべて",
}
UNCOUNTED = ("closed", "all")
COUNTED = [view for view in VIEWS if view not in (*UNCOUNTED, "messages")]
KEY = IntegerField()
WALKED = ("open", "unassigned", "correction", "deciding", "soon", "overdue")
"""Of these views the indexes of open cases are walked, which hold whatever the views test."""
SORTED_VIEWS = ("mine", "letters")
"""What these views show is found by an index of its own and sorted."""
PHONE_DIGITS = re.compile(r"0\d{9,10}")
LAST_DIGITS = re.compile(r"\d{3,6}")


def view_condition(view: str, user: User, on: date) -> Q:
    """Return what a view shows."""
    return _condition(view, user, on, on + timedelta(days=SOON))


def _condition(view: str, user: Any, on: Any, soon: Any) -> Q:
    return {
        "open": Q(IS_OPEN),
        "mine": Q(IS_OPEN, assignee=user),
        "unassigned": Q(IS_OPEN, assignee__isnull=True),
        "soon": Q(IS_OPEN, due_on__gte=on, due_on__lte=soon),
        "overdue": Q(IS_OPEN, due_on__lt=on),
        "correction": Q(IS_OPEN, status=Status.CORRECTION),
        "deciding": Q(IS_OPEN, status=Status.DECIDING),
        "messages": Q(pk__in=_unseen().values("case")),
        "letters": Q(delivery__in=ATTENTION),
        "closed": Q(status__in=CLOSED),
    }.get(view, Q())


def cases_of(user: User) -> CaseQuerySet:
    """Return the cases of a person's departments; the departments are looked up first, so that indexes serve."""
    return Case.objects.filter(department_id__in=department_ids_of(user))


def listed_cases(user: User, view: str, order: str, *, searched: bool) -> CaseQuerySet:
    """Return the cases to list in the order of a field, or to search.

    Of all open cases, and over many departments of all times, the index of the order or of the names is walked instead
    of the departments' (SQLite would sort everything first), and few cases are not sought along the order of all; the
    expression keeps it from choosing an index by department.
    """
    places = department_ids_of(user)
    everywhere = view in WALKED and (searched or order != "due_on")
    few = view in SORTED_VIEWS and order != "due_on"
    if not (everywhere or few or (len(places) > 1 and view in UNCOUNTED and order != "due_on")):
        return Case.objects.filter(department_id__in=places)
    return Case.objects.alias(in_department=unindexed("department_id")).filter(in_department__in=places)


def counts(user: User, places: Sequence[int]) -> dict[str, int]:
    """Count the views of open work in the departments of a person, up to ``bounded_count.MOST``; finished cases not.

    It is one query of the counts, each along the index that fits it, compiled once for each number of departments.
    """
    on = today()
    values: dict[str, Any] = {f"place{n}": place for n, place in enumerate(places)}
    values |= {"user": user.pk, "on": on, "soon": on + timedelta(days=SOON)}
    found = _counts(len(places)).rows(**values)[0] if places else (0,) * len(COUNTED)
    return {**dict(zip(COUNTED, found, strict=True)), "messages": unseen(user)}


@cache
def _counts(places: int) -> CompiledQuery[Any]:
    def made() -> QuerySet[User, Any]:
        user, on, soon = Parameter("user", KEY), Parameter("on", DateField()), Parameter("soon", DateField())
        desk = Case.objects.filter(In(F("department_id"), [Parameter(f"place{n}", KEY) for n in range(places)]))
        numbers = [BoundedCount(desk.filter(_condition(view, user, on, soon))) for view in COUNTED]
        return User.objects.filter(pk=user).order_by().values_list(*numbers)

    return CompiledQuery(made)


def unseen(user: User) -> int:
    """Count the cases of a person's departments in which an applicant wrote something that nobody has seen."""
    messages = _unseen().alias(in_department=unindexed("case__department_id"))  # begins at the few, not at all cases
    return messages.filter(in_department__in=department_ids_of(user)).values("case").distinct().count()


def _unseen() -> QuerySet[CaseMessage]:
    """What applicants wrote and nobody in the office has seen."""
    return CaseMessage.objects.filter(sender=CaseMessage.Sender.APPLICANT, seen_at__isnull=True)


def search(cases: QuerySet[Case], text: str) -> QuerySet[Case]:
    """Find by receipt number or its last digits, by telephone, or by a part of the name or its reading.

    Each word must occur, in any spelling; 斎藤 finds 斉藤 too, because people give either over the telephone.
    """
    if number := receipt_numbers.parse_number(text):
        return cases.filter(number=number)
    digits = only_digits(text)
    if PHONE_DIGITS.fullmatch(digits) and not re.search(r"[^\W\d_]", text):
        return cases.filter(submission__in=submissions_with_phone(digits))
    for word in text.split():
        found = Q()
        for spelling in alike_names(word):
            found |= contains_text("search_name", name_key(spelling))
        if word[0].isdigit():
            found |= Q(number__startswith=word)
        if LAST_DIGITS.fullmatch(plain := only_digits(word)) and len(plain) == len(word):
            found |= contains_text("number", f"{plain}-")
        cases = cases.filter(found)
    return cases
