"""回答の表: the applications to one form, of all its versions, with their answers as columns."""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, reduce
from operator import or_
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.http import Http404
from django.urls import reverse

from todoke.accounts.models import User
from todoke.cases import inbox
from todoke.cases.exports.answer_table import OTHER_PAPERS, OTHER_PAPERS_LABEL, QUESTION, AnswerTable, form_columns
from todoke.cases.exports.case_facts import FACTS, NUMBER, USUAL
from todoke.cases.models import AnswerLayout, Case
from todoke.cases.models.stop_flag import flagged_cases
from todoke.formbuilder.models import FormDraft, FormVersion
from todoke.japanese.calendar import today
from todoke.lists.bounded_count import BoundedCount, in_words
from todoke.lists.cells import joined, link, tag
from todoke.lists.columns import Choice, Column, Filter
from todoke.lists.query import ListQuery
from todoke.lists.row_list import RowList
from todoke.offers.models import Release
from todoke.office.casework.case_list import CaseList
from todoke.runtime.database.unindexed import unindexed

SORTS = {"applicant": "applicant_kana", "kana": "applicant_kana", "received": "received_at"}
"""The orders along which the cases of one release have an index."""
INDEXED_VIEWS = ("mine", "soon", "overdue", "messages", "letters")
"""These views have few rows of a section, found by an index of their own; of the others the order is walked."""
SHOWN_QUESTIONS = 6
"""Questions on the page where nobody chose columns; the rest is one tick away."""


def _cases_of(form: OuterRef, mine: QuerySet[Case]) -> QuerySet[Case]:
    """Return those of the cases that belong to a form, by its releases, so that their index serves."""
    return mine.filter(release__in=Release.objects.filter(form_version__draft=form).values("pk"))


def forms_of(user: User) -> QuerySet[FormDraft]:
    """Return the forms of the cases that a person processes."""
    mine = inbox.cases_of(user).order_by()
    return FormDraft.objects.filter(Exists(_cases_of(OuterRef(OuterRef("pk")), mine)))


def counted_forms(user: User) -> QuerySet[FormDraft]:
    """Return the same with the bounded number of the cases, and the number of the versions that they were made with."""
    mine = inbox.cases_of(user).order_by()
    of_version = Release.objects.filter(form_version=OuterRef(OuterRef("pk"))).values("pk")
    used = FormVersion.objects.filter(Exists(mine.filter(release__in=of_version)), draft=OuterRef("pk"))
    return forms_of(user).annotate(
        cases=BoundedCount(_cases_of(OuterRef(OuterRef("pk")), mine)),
        editions=Subquery(used.order_by().values("draft").annotate(number=Count("pk")).values("number")),
    )


class AnswerFormList(RowList[FormDraft]):
    """回答のある様式の一覧: the forms to which the person's departments have received applications."""

    name, title, url = "answer-forms", "回答の表", "office:answer-forms"
    key, start, saves, exportable = "code", "title", False, False
    search_fields, search_label = ("title",), "様式の名前"
    filled = frozenset({"cases"})
    columns = (
        Column("title", "様式", lambda row: row.title, sort="title",
               cell=lambda row: link(reverse("office:answers", args=[row.code]), row.title)),
        Column("cases", "申請の数", lambda row: row.cases, sort="cases", css="number",
               cell=lambda row: in_words(row.cases)),
        Column("editions", "版の数", lambda row: row.editions, css="number"),
    )  # fmt: skip

    def rows(self, view: str) -> QuerySet[FormDraft]:
        return counted_forms(self.user)


class AnswerList(CaseList):
    """回答の表: what it shows, narrows and sorts as the list of cases does, with a column for each question.

    It leaves the page only by an export with a number (``AnswerExport``).
    """

    name, url, export_url, start = "answers", "office:answers", "", "-received"
    views = {"all": inbox.VIEWS["all"], **{key: words for key, words in inbox.VIEWS.items() if key != "all"}}
    exportable, counted, bounded, saves = False, True, True, False

    def __init__(self, user: User, form: FormDraft) -> None:
        super().__init__(user)
        self.form, self.title = form, f"{form.title} 回答の表"

    @classmethod
    def at(cls, user: User, place: Mapping[str, Any]) -> "AnswerList":
        """Return the table of the form in an address. Raises Http404 where the person has no case of it."""
        form = forms_of(user).filter(code=place["code"]).first()
        if form is None:
            raise Http404
        return cls(user, form)

    @cached_property
    def answer_table(self) -> AnswerTable:
        """The columns of every version."""
        return AnswerTable(self.form, [*FACTS, *(QUESTION + each for each in self.questions), OTHER_PAPERS])

    @cached_property
    def questions(self) -> dict[str, str]:
        """The title of each question by its id, over all versions."""
        return form_columns(self.form).questions()

    @cached_property
    def columns(self) -> tuple[Column, ...]:  # type: ignore[override] # one for each question of the form
        """The facts of the case, its answers, and papers that were asked for later."""
        kept = AnswerLayout.of(self.form, self.user)
        usual = kept or [*USUAL, *(QUESTION + each for each in list(self.questions)[:SHOWN_QUESTIONS])]
        facts = [
            Column(key, fact.label, _fact(key), sort=SORTS.get(key, ()), shown=key == NUMBER or key in usual,
                   personal=fact.personal, cell=CELLS.get(key),
                   css="nowrap" if key == NUMBER else "words")
            for key, fact in FACTS.items()
        ]  # fmt: skip
        answers = [
            Column(QUESTION + key, title, self._answer(key), shown=QUESTION + key in usual, personal=True, css="words")
            for key, title in self.questions.items()
        ]
        papers = Column(OTHER_PAPERS, OTHER_PAPERS_LABEL, self._papers, shown=OTHER_PAPERS in usual, css="words")
        return (*facts, *answers, papers)

    def _answer(self, key: str) -> Callable[[Any], object]:
        places = [place for place, column in enumerate(self.answer_table.inline) if column.question == key]
        first = len(self.answer_table.facts)

        def shown(case: Any) -> object:
            cells = [case.answer_cells[first + place] for place in places]
            return cells[0] if len(cells) == 1 else " ".join(str(cell) for cell in cells if cell is not None)

        return shown

    def _papers(self, case: Any) -> object:
        return case.answer_cells[-1]

    def path(self) -> str:
        return reverse(self.url, args=[self.form.code])

    def filters(self) -> Sequence[Filter]:
        versions = self.form.versions.order_by("-number").values_list("number", flat=True)
        edition = Choice("edition", "様式の版", [(str(number), f"第{number}版") for number in versions],
                         field="release__form_version__number")  # fmt: skip
        return (*(each for each in super().filters() if each.name != "offer"), edition)

    @cached_property
    def releases(self) -> list[int]:
        """The releases of every version, looked up first, so that their index serves."""
        return list(Release.objects.filter(form_version__draft=self.form).values_list("pk", flat=True))

    def rows(self, view: str) -> QuerySet[Case]:
        """Return the cases of the form.

        Of an unindexed column no index is used: so not all cases of the form are read with those of a view that has few
        rows, and not all cases of a section with the others.
        """
        condition = inbox.view_condition(view, self.user, today())
        if view in INDEXED_VIEWS:
            few = Case.objects.filter(condition, department__in=self.places).values("pk")
            return Case.objects.alias(of_release=unindexed("release_id")).filter(
                pk__in=few, of_release__in=self.releases
            )
        cases = Case.objects.alias(of_release=F("release_id"), in_department=unindexed("department_id"))
        return cases.filter(condition, of_release__in=self.releases, in_department__in=self.places)

    def chosen(self, query: ListQuery) -> QuerySet[Case]:
        return self.narrowed(self.rows(query.view), query)

    def counts(self) -> Mapping[str, int]:
        return {}

    def fetch(self, rows: "QuerySet[Any, Case]") -> list[Case]:
        """Return the cases of a page with their answers, in constant queries."""
        found = []
        for case, row in self.answer_table.rows(list(self._first(rows, self.size + 1).values_list("pk", flat=True))):
            case.answer_cells = row.cells  # type: ignore[attr-defined] # read by the columns
            found.append(case)
        protected = flagged_cases(found)
        for case in found:
            case.protected = case.pk in protected  # type: ignore[attr-defined] # marked on the page
        return found

    def newest(self, query: ListQuery, most: int) -> list[int]:
        """Return the ids of the submissions of a query, newest first, up to ``most``, in one query."""
        rows = self.chosen(query).order_by("-received_at", "-pk")
        return list(self._first(rows, most).values_list("submission", flat=True))

    def submissions(self, query: ListQuery) -> list[int]:
        """Return the ids of every submission of a query, in no order."""
        return list(self.chosen(query).order_by().values_list("submission", flat=True))

    def _first(self, rows: "QuerySet[Any, Case]", most: int) -> QuerySet[Case]:
        """Return the first ``most`` of sorted rows.

        Those of each release are taken along its index; a database would sort the cases of several before.
        """
        first = [Q(pk__in=rows.filter(of_release=each).values("pk")[:most]) for each in self.releases]
        return Case.objects.filter(reduce(or_, first)).order_by(*rows.query.order_by)[:most]

    def keys_of(self, query: ListQuery) -> list[str]:
        """Return the keys of the columns that a query asks for."""
        return [column.key for column in self.columns_of(query)]

    def said(self, query: ListQuery) -> str:
        """Return the conditions in words without what anybody searched for, which may be a name."""
        conditions = [f"{each.label}={each.words(query.filters[each.name])}" for each in self.narrowing
                      if each.name in query.filters]  # fmt: skip
        view = [self.views[query.view]] if query.view in self.views else []
        return "、".join([*view, *conditions, *(["語による検索あり"] if query.words else [])])


def _fact(key: str) -> Callable[[Any], object]:
    return lambda case: FACTS[key].value(case)


def _number(case: Case) -> object:
    return link(reverse("office:case", args=[case.number]), case.number)


def _applicant(case: Any) -> object:
    return joined([case.applicant_name, tag("支援措置", "warning") if case.protected else ""])


CELLS = {NUMBER: _number, "applicant": _applicant}
