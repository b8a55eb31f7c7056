"""The inbox 案件の一覧: views of the open work, filters, sorting and paging by key, in a constant number of queries."""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from todoke.accounts.models import User
from todoke.cases import receipt_numbers
from todoke.cases.models import Case, Exchange
from todoke.cases.models.querysets import CaseQuerySet, places_of
from todoke.cases.models.status import ATTENTION, CLOSED, Status
from todoke.japanese.calendar import today
from todoke.japanese.variants import sought

SIZE = 50
SOON = 3
OPEN = [status for status in Status.values if status not in CLOSED]
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
SORTS: Mapping[str, tuple[str, ...]] = {
    "due": ("due_on", "id"),
    "received": ("received_at", "id"),
    "number": ("number", "id"),
    "name": ("applicant_kana", "id"),
}
COLUMNS: Mapping[str, str] = {
    "title": "手続",
    "name": "申請者",
    "kana": "フリガナ",
    "status": "状態",
    "due": "期限",
    "department": "担当部署",
    "assignee": "担当者",
    "received": "受付",
    "channel": "受付経路",
    "fee": "手数料",
}
USUAL = ("title", "name", "status", "due", "assignee", "received", "fee")
UNCOUNTED = ("closed", "all")


@dataclass(frozen=True)
class Wish:
    """What a person asks the list to show (絞り込み), read from an address."""

    view: str = "open"
    sort: str = "due"
    descending: bool = False
    text: str = ""
    filters: Mapping[str, Any] = field(default_factory=dict)
    after: str = ""
    columns: tuple[str, ...] = USUAL


@dataclass(frozen=True)
class Sheet:
    """One page of the list (一覧の一画面), and the key of the next."""

    cases: list[Case]
    following: str


def view_condition(view: str, user: User, on: date) -> Q:
    """Return what a view shows."""
    return {
        "open": Q(status__in=OPEN),
        "mine": Q(status__in=OPEN, assignee=user),
        "unassigned": Q(status__in=OPEN, assignee__isnull=True),
        "soon": Q(status__in=OPEN, due_on__gte=on, due_on__lte=on + timedelta(days=SOON)),
        "overdue": Q(status__in=OPEN, due_on__lt=on),
        "correction": Q(status=Status.CORRECTION),
        "deciding": Q(status=Status.DECIDING),
        "messages": Q(pk__in=_unseen().values("case")),
        "letters": Q(delivery__in=ATTENTION),
        "closed": Q(status__in=CLOSED),
    }.get(view, Q())


def desk_of(user: User) -> CaseQuerySet:
    """Return the cases of a person's departments; the departments are looked up first, so that indexes serve."""
    return Case.objects.filter(department_id__in=places_of(user))


def walked(user: User, wish: Wish) -> CaseQuerySet:
    """Return the cases to list. Over many departments and all times, the index of the order is walked instead of the
    departments' (SQLite would sort everything first); the expression keeps it from choosing theirs.
    """
    places = places_of(user)
    if len(places) < 2 or wish.view not in UNCOUNTED or SORTS[wish.sort][0] == "due_on":
        return Case.objects.filter(department_id__in=places)
    return Case.objects.alias(place=F("department_id") + 0).filter(place__in=places)


def counts(desk: CaseQuerySet, user: User) -> dict[str, int]:
    """Count the views of open work in one query; finished cases are too many to count on each page."""
    on = today()
    asked = {
        view: Count("pk", filter=view_condition(view, user, on))
        for view in VIEWS
        if view not in (*UNCOUNTED, "letters", "messages")
    }
    found: dict[str, int] = desk.filter(status__in=OPEN).aggregate(**asked)
    found["letters"] = desk.filter(view_condition("letters", user, on)).count()
    found["messages"] = unseen(user)
    return found


def unseen(user: User) -> int:
    """Count the cases of a person's departments in which an applicant wrote something that nobody has seen."""
    unseen_ones = _unseen().alias(place=F("case__department_id") + 0)  # begins at the few messages, not at all cases
    return unseen_ones.filter(place__in=places_of(user)).values("case").distinct().count()


def _unseen() -> QuerySet[Exchange]:
    """What applicants wrote and nobody in the office has seen."""
    return Exchange.objects.filter(sender=Exchange.Sender.APPLICANT, seen_at__isnull=True)


def search(cases: CaseQuerySet, text: str) -> CaseQuerySet:
    """Find by receipt number, or by a part of the name or its reading, in any spelling; each word must occur."""
    if number := receipt_numbers.read(text):
        return cases.filter(number=number)
    for word in text.split():
        found = Q(sought__contains=sought(word))
        cases = cases.filter(found | Q(number__startswith=word) if word[0].isdigit() else found)
    return cases


def chosen(desk: CaseQuerySet, wish: Wish, user: User) -> CaseQuerySet:
    """Return all cases that a wish asks for, in its order."""
    cases = desk.filter(view_condition(wish.view, user, today()), **wish.filters)
    return _sorted(search(cases, wish.text), wish)


def sheet(desk: CaseQuerySet, wish: Wish, user: User, size: int = SIZE) -> Sheet:
    """Return one page of the list after a key.

    Which cases is asked of the indexes alone; what stands beside them is fetched for those of the page only, because
    a database that joins first would join and sort everything that fits.
    """
    cases = chosen(desk, wish, user)
    if wish.after:
        cases = cases.filter(_beyond(wish))
    places = {pk: place for place, pk in enumerate(cases.values_list("pk", flat=True)[: size + 1])}
    rows = Case.objects.filter(pk__in=places).select_related(
        "release__offer__procedure", "department", "assignee", "recorded_by", "charge__receipt"
    )
    found = sorted(rows.order_by(), key=lambda case: places[case.pk])
    return Sheet(found[:size], _key(found[size - 1], wish) if len(found) > size else "")


def _sorted(cases: CaseQuerySet, wish: Wish) -> CaseQuerySet:
    order = [
        F(name).desc(nulls_last=True) if wish.descending else F(name).asc(nulls_last=True) for name in SORTS[wish.sort]
    ]
    if SORTS[wish.sort][0] != "due_on":
        order = [F(name).desc() if wish.descending else F(name).asc() for name in SORTS[wish.sort]]
    return cases.order_by(*order)


def _key(case: Case, wish: Wish) -> str:
    value = getattr(case, SORTS[wish.sort][0])
    text = json.dumps([value.isoformat() if hasattr(value, "isoformat") else value, case.pk])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _beyond(wish: Wish) -> Q:
    """Return the condition for what comes after a key; a key that nobody gave out starts from the beginning."""
    try:
        value, pk = json.loads(base64.urlsafe_b64decode(wish.after + "=" * (-len(wish.after) % 4)))
        pk = int(pk)
    except (ValueError, TypeError):
        return Q()
    name, side = SORTS[wish.sort][0], "lt" if wish.descending else "gt"
    if value is None:
        return Q(**{f"{name}__isnull": True, f"id__{side}": pk})
    further = Q(**{f"{name}__{side}": value}) | Q(**{name: value, f"id__{side}": pk})
    return further | Q(due_on__isnull=True) if name == "due_on" else further
