"""現況届の一覧: which rounds and requests a page shows, by what they are found and sorted, and what is exported."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Self

from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.safestring import SafeString

from todoke.accounts.models import User
from todoke.cases.models import Reconfirmation, ReconfirmationRound
from todoke.cases.models.querysets import departments_worked_in
from todoke.cases.models.stop_flag import protected_names
from todoke.design.templatetags.design import page_date
from todoke.japanese.variants import name_key
from todoke.lists.cells import link, tag
from todoke.lists.columns import Choice, Column, Filter
from todoke.lists.row_list import RowList
from todoke.lists.substring_search import contains_text


def rounds_of(user: User) -> QuerySet[ReconfirmationRound]:
    """Return the rounds of the sections that a person works in."""
    mine = departments_worked_in(user).values("pk")
    return ReconfirmationRound.objects.filter(offer__department__in=mine).select_related("offer__procedure", "source")


def _round(begun: ReconfirmationRound) -> SafeString:
    return link(reverse("office:reconfirmation", args=[begun.source.code, begun.year]), begun.offer)


class ReconfirmationRoundList(RowList[ReconfirmationRound]):
    """現況届の回の一覧: the rounds of the person's sections, newest first, with how many have not answered."""

    name, title, url = "reconfirmations", "現況届", "office:reconfirmations"
    start = "-year"
    search_fields, search_label = ("offer__procedure__title", "offer__code"), "現況届"
    columns = (
        Column("round", "現況届", lambda r: str(r.offer), sort="offer__procedure__title", cell=_round, css="words"),
        Column("year", "年度", lambda r: str(r.year), sort="year", css="nowrap"),
        Column("due", "提出期限", lambda r: r.due_on, sort="due_on", css="nowrap"),
        Column("total", "たずねた人", lambda r: r.total, sort="total", css="number"),
        Column("waiting", "未提出", lambda r: r.waiting, sort="waiting", css="number"),
    )

    def filters(self) -> Sequence[Filter]:
        years = rounds_of(self.user).order_by("-year").values_list("year", flat=True).distinct()
        return (Choice("year", "年度", [(year, f"{year}年度") for year in years], field="year"),)

    def rows(self, view: str) -> QuerySet[ReconfirmationRound]:
        return rounds_of(self.user).annotate(total=Count("asked"), waiting=Count("asked", filter=Q(asked__answer=None)))


def _case(asked: Reconfirmation) -> SafeString:
    return link(reverse("office:case", args=[asked.case.number]), asked.case.number)


def _answer(asked: Reconfirmation) -> SafeString:
    if not asked.answer:
        return tag("未提出", "warning")
    return link(reverse("office:case", args=[asked.answer.number]), asked.answer.number)


def _reminded(asked: Reconfirmation) -> str:
    return f"{page_date(asked.reminded_at)}({asked.reminders}回)" if asked.reminded_at else "まだ"


class ReconfirmationList(RowList[Reconfirmation]):
    """現況届をたずねた人の一覧: who was asked in one round, by the number of their case."""

    name, url, row_name = "reconfirmation", "office:reconfirmation", "asked"
    key, start = "case__number", "number"
    person = ("case__applicant_name", "case__applicant_kana")
    views = {"unanswered": "未提出", "all": "すべて"}
    search_label = "受付番号・氏名"
    columns = (
        Column("number", "もとの受付番号", lambda a: a.case.number, sort="case__number", cell=_case, css="nowrap"),
        Column("name", "氏名", lambda a: a.case.applicant_name, css="name", personal=True),
        Column("contact", "連絡", lambda a: "メール" if a.case.applicant_email else "電話・郵便",
               template="office/reconfirmations/contact.html", exported=False),
        Column("answer", "提出", lambda a: a.answer and a.answer.number, sort="answer__number", cell=_answer,
               css="nowrap"),
        Column("reminders", "催促の回数", lambda a: a.reminders, sort="reminders", cell=_reminded),
    )  # fmt: skip

    def __init__(self, user: User, begun: ReconfirmationRound) -> None:
        super().__init__(user)
        self.begun = begun
        self.title = f"現況届_{begun.year}"

    @classmethod
    def at(cls, user: User, place: Mapping[str, Any]) -> Self:
        return cls(user, get_object_or_404(rounds_of(user), source__code=place["code"], year=place["year"]))

    def withheld(self) -> Callable[[Reconfirmation], bool]:
        protected = protected_names()
        return lambda row: protected(row.case.applicant_name)

    def path(self) -> str:
        return reverse(self.url, args=[self.begun.source.code, self.begun.year])

    def rows(self, view: str) -> QuerySet[Reconfirmation]:
        asked = self.begun.asked.select_related("case", "answer")
        return asked.unanswered() if view == "unanswered" else asked

    def search(self, rows: "QuerySet[Any, Reconfirmation]", words: str) -> "QuerySet[Any, Reconfirmation]":
        return rows.filter(Q(case__number__startswith=words) | contains_text("case__search_name", name_key(words)))
