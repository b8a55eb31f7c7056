"""案件の一覧: what a page of cases shows, by what it is narrowed and sorted, and what is exported."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from todoke.cases import inbox
from todoke.cases.assignment import assignable_names
from todoke.cases.models import Case
from todoke.cases.models.querysets import department_ids_of
from todoke.cases.models.stop_flag import flagged_cases, protected_names
from todoke.design.templatetags.design import yen
from todoke.japanese.calendar import JAPAN, start_of_day, today
from todoke.lists.cells import hint, link, tag
from todoke.lists.columns import Choice, Column, Day, Filter
from todoke.lists.query import ListQuery
from todoke.lists.row_list import RowList
from todoke.offers.models import Offer
from todoke.payments.models import Attempt
from todoke.procedures.models.procedure import all_but_names

SHOWN = ("release__offer__procedure", "department", "assignee", "recorded_by", "charge__receipt")
UNUSED = all_but_names("release__offer__procedure")


def _number(case: Case) -> SafeString:
    return link(reverse("office:case", args=[case.number]), case.number)


def _received(case: Case) -> SafeString:
    at = case.received_at.astimezone(JAPAN)
    words = f"{at.month}/{at.day} {at:%H:%M}"
    return format_html('<time datetime="{}">{}</time><br>{}', at.isoformat(), words, hint(case.get_channel_display()))


def _applicant(case: Any) -> object:
    """Return the name, marked where the case names somebody under a stop flag."""
    return (
        format_html("{} {}", case.applicant_name, tag("支援措置", "warning")) if case.protected else case.applicant_name
    )


def _fee(case: Case) -> object:
    if not case.charge:
        return "なし"
    return format_html("{}<br>{}", yen(case.charge.yen), hint(case.charge.status.label))


def _of_person(chosen: str) -> Q:
    return Q(assignee=None) if chosen == "none" else Q(assignee=int(chosen))


def _of_payment(chosen: str) -> Q:
    return Q(charge__in=Attempt.objects.live().values("charge"))


def _since(day: date) -> Q:
    return Q(received_at__gte=start_of_day(day))


def _until(day: date) -> Q:
    return Q(received_at__lt=start_of_day(day + timedelta(days=1)))


class CaseList(RowList[Case]):
    """案件の一覧: the cases of the person's departments, of all channels."""

    name, title, url, export_url, row_name = "cases", "案件", "office:inbox", "office:case-export", "case"
    key, tie, start, dense, prominent = "number", "id", "due", True, 1
    unsorted = dict.fromkeys(inbox.UNCOUNTED, ("number",))  # no index of all cases has that order
    views, person = inbox.VIEWS, ("applicant_name", "applicant_kana")
    search_label = "受付番号(下4桁でも)・氏名・フリガナ・電話番号"
    columns = (
        Column("number", "受付番号", lambda c: c.number, sort="number", cell=_number, css="nowrap"),
        Column("title", "手続", lambda c: c.title, css="words"),
        Column("name", "申請者", lambda c: c.applicant_name, sort="applicant_kana", css="name", personal=True,
               cell=_applicant),
        Column("kana", "フリガナ", lambda c: c.applicant_kana, css="name", shown=False, personal=True),
        Column("status", "状態", lambda c: c.get_status_display(), template="office/cases/status.html"),
        Column("due", "期限", lambda c: c.due_on, sort="due_on", template="office/cases/due.html", css="nowrap"),
        Column("department", "担当部署", lambda c: c.department.name, css="name", shown=False),
        Column("assignee", "担当者", lambda c: c.assignee.name if c.assignee else "", css="name",
               cell=lambda c: c.assignee.name if c.assignee else "未定"),
        Column("received", "受付", lambda c: c.received_at, sort="received_at", cell=_received, css="nowrap"),
        Column("channel", "受付経路", lambda c: c.get_channel_display(), css="nowrap", shown=False),
        Column("fee", "手数料", lambda c: c.charge.yen if c.charge else 0, cell=_fee, css="number"),
    )  # fmt: skip

    @cached_property
    def places(self) -> list[int]:
        """The departments whose cases the person processes."""
        return department_ids_of(self.user)

    def filters(self) -> Sequence[Filter]:
        offers = Offer.objects.filter(department__in=self.places).select_related("procedure")
        people = [(str(pk), name) for pk, name in assignable_names(self.user)]
        return (
            Choice("offer", "手続", [(each.code, str(each)) for each in offers], field="release__offer__code"),
            Choice("status", "状態", Case.Status.choices, field="status"),
            Choice("channel", "受付経路", Case.Channel.choices, field="channel"),
            Choice("assignee", "担当者", [("none", "未定"), *people], condition=_of_person),
            Choice("payment", "手数料の支払", [("doubt", "確認中")], condition=_of_payment),
            Day("since", "受付日(この日から)", _since),
            Day("until", "受付日(この日まで)", _until),
        )

    def usual_sort(self, view: str) -> str:
        return "-received" if view in inbox.UNCOUNTED else self.start

    def rows(self, view: str) -> QuerySet[Case]:
        return inbox.cases_of(self.user).filter(inbox.view_condition(view, self.user, today()))

    def chosen(self, query: ListQuery) -> QuerySet[Case]:
        """As everywhere, along the index that the order can walk."""
        order, words = self.order(query)[0].removeprefix("-"), query.words
        cases = inbox.listed_cases(self.user, query.view, order, searched=bool(words))
        return self.narrowed(cases.filter(inbox.view_condition(query.view, self.user, today())), query)

    def search(self, rows: "QuerySet[Any, Case]", words: str) -> QuerySet[Case]:
        return inbox.search(rows, words)

    def sorted(self, query: ListQuery) -> QuerySet[Case]:
        return super().sorted(query).select_related(*SHOWN).defer(*UNUSED)

    def fetch(self, rows: "QuerySet[Any, Case]") -> list[Case]:
        """With whether they name somebody under a stop flag, marked on the page, never in a file."""
        shown = Case.objects.select_related(*SHOWN).defer(*UNUSED).order_by()
        found = self.deferred_join(rows, lambda ids: shown.filter(pk__in=ids))
        protected = flagged_cases(found)
        for case in found:
            case.protected = case.pk in protected  # type: ignore[attr-defined] # read by a cell
        return found

    def withheld(self) -> Callable[[Case], bool]:
        protected = protected_names()
        return lambda case: protected(case.applicant_name)

    def counts(self) -> Mapping[str, int]:
        return inbox.counts(self.user, self.places)
