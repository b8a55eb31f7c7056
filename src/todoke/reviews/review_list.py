"""Review list 見直しの一覧と集計: filters, sort orders and keyset pages, and tables that count the same rows."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Count, F, Q, Value
from django.db.models.functions import Coalesce

from todoke.accounts.actors import Actor
from todoke.japanese.calendar import today
from todoke.procedures import search
from todoke.procedures.models import LegalBasis, Procedure
from todoke.reviews.models import DecisionInput, Review, ReviewQuerySet
from todoke.reviews.review_subjects import ReviewDecision, Subject

PAGE = 50
SORTS = ("number", "volume", "effective")
FILTERS = ("subject", "mark", "decision", "department", "amender", "reason", "due")
NONE = "none"
_NO_DAY = date(9999, 12, 31)


@dataclass(frozen=True)
class ReviewQuery:
    """絞り込みの条件: words, filters by name, sort (``-`` for descending) and page key of the review list."""

    words: str = ""
    filters: dict[str, str] = field(default_factory=dict)
    sort: str = "number"
    after: str = ""


@dataclass(frozen=True)
class ReviewPage:
    """One page: reviews, key of the next page (empty at the end), counts by decision, total under the filters."""

    rows: list[Review]
    after: str
    counts: dict[str, int]
    total: int


def filtered(query: ReviewQuery) -> ReviewQuerySet:
    """Return all reviews that match a query, sorted, on all its pages."""
    name = query.sort.removeprefix("-")
    found = _narrowed(query, query.filters).select_related("procedure__department", "paper_form", "basis")
    if name == "volume":
        found = found.annotate(key=Coalesce(F("procedure__total_count"), Value(-1)))
    elif name == "effective":
        found = found.annotate(key=Coalesce(F("effective_on"), Value(_NO_DAY)))
    else:
        found = found.annotate(key=F("number"))
    return found.order_by("-key" if query.sort.startswith("-") else "key", "number")


def page(query: ReviewQuery, size: int = PAGE) -> ReviewPage:
    """Return one page of the reviews that match a query, with counts by decision under all other filters."""
    found = filtered(query)
    if mark := _read_key(query):
        value, number = mark
        beyond = "lt" if query.sort.startswith("-") else "gt"
        found = found.filter(Q(**{f"key__{beyond}": value}) | Q(key=value, number__gt=number))
    rows = list(found[: size + 1])
    after = f"{rows[size - 1].number}~{getattr(rows[size - 1], 'key', '')}" if len(rows) > size else ""
    others = {name: value for name, value in query.filters.items() if name != "decision"}
    counts = dict(_narrowed(query, others).values_list("decision").annotate(Count("pk")).order_by())
    decision = query.filters.get("decision", "")
    total = counts.get("" if decision == NONE else decision, 0) if decision else sum(counts.values())
    return ReviewPage(rows[:size], after, counts, total)


def _narrowed(query: ReviewQuery, filters: dict[str, str]) -> ReviewQuerySet:
    found = Review.objects.filter(procedure__abolished_on=None)
    if query.words:
        matching = search.matching(query.words)
        found = found.filter(Q(procedure__in=_procedures(matching)) | Q(what__icontains=query.words))
    for name, value in filters.items():
        found = found.filter(_condition(name, value))
    return found


def _procedures(matching: Q) -> Any:
    return Procedure.objects.filter(matching).values("pk")


def _condition(name: str, value: str) -> Q:
    if name == "department":
        return Q(procedure__department=None) if value == NONE else Q(procedure__department__code=value)
    if name == "amender":
        return Q(basis=None) if value == NONE else Q(basis__amendable_by=value)
    if name == "due":
        return Q(decision=ReviewDecision.KEEP, recheck_on__lte=today())
    return Q(**{name: "" if value == NONE else value})


def _read_key(query: ReviewQuery) -> tuple[Any, str] | None:
    """Parse a page key ``number~value`` of an address; None when it is malformed."""
    number, _, value = query.after.partition("~")
    name = query.sort.removeprefix("-")
    try:
        if not value:
            return None
        return (int(value) if name == "volume" else date.fromisoformat(value) if name == "effective" else value), number
    except ValueError:
        return None


@dataclass(frozen=True)
class DepartmentCounts:
    """The counts of one department by decision, the undecided first."""

    code: str
    name: str
    counts: tuple[tuple[str, int], ...]

    @property
    def total(self) -> int:
        """All reviews of the department."""
        return sum(count for _, count in self.counts)

    @property
    def decided(self) -> int:
        """The reviews with a decision."""
        return self.total - dict(self.counts)[NONE]


def counts_by_department(subject: str = "") -> list[DepartmentCounts]:
    """Return counts by department and decision; each equals the rows of the list under the same filters."""
    found = Review.objects.filter(procedure__abolished_on=None)
    found = found.filter(subject=subject) if subject in Subject.values else found
    cells: dict[tuple[str, str], dict[str, int]] = {}
    for code, name, decision, count in (
        found.values_list("procedure__department__code", "procedure__department__name", "decision")
        .annotate(Count("pk"))
        .order_by("procedure__department__code")
    ):
        cells.setdefault((code or NONE, name or "未定"), {})[decision or NONE] = count
    columns = (NONE, *ReviewDecision.values)
    return [
        DepartmentCounts(code, name, tuple((column, row.get(column, 0)) for column in columns))
        for (code, name), row in cells.items()
    ]


@dataclass(frozen=True)
class LegalAmendment:
    """改正の一件: an ordinance, rule or law to be amended, who can amend it, and the reviews that require it."""

    title: str
    number: str
    rank: str
    amender: str
    is_municipal: bool
    articles: tuple[str, ...]
    reviews: tuple[Review, ...]

    @property
    def due_on(self) -> date | None:
        """The first day on which one of its reviews takes effect."""
        return min((review.effective_on for review in self.reviews if review.effective_on), default=None)


MUNICIPAL_AMENDERS = frozenset(
    {LegalBasis.Amender.COUNCIL.value, LegalBasis.Amender.MAYOR.value, LegalBasis.Amender.DEPARTMENT.value}
)


def required_amendments() -> list[LegalAmendment]:
    """Return the amendments that decided reviews require, one per ordinance, rule or law; the municipality's first."""
    found = Review.objects.requiring_amendment().filter(procedure__abolished_on=None)
    groups: dict[tuple[str, str, str, str], list[Review]] = {}
    for review in found.select_related("procedure__department", "paper_form", "basis").order_by("number"):
        basis = review.basis
        assert basis
        groups.setdefault((basis.title, basis.number, basis.rank, basis.amendable_by), []).append(review)
    made = [
        LegalAmendment(
            title, number, str(LegalBasis.Rank(rank).label), str(LegalBasis.Amender(amender).label),
            amender in MUNICIPAL_AMENDERS,
            tuple(sorted({review.basis.article for review in reviews if review.basis and review.basis.article})),
            tuple(reviews),
        )
        for (title, number, rank, amender), reviews in groups.items()
    ]  # fmt: skip
    return sorted(made, key=lambda each: (not each.is_municipal, -len(each.reviews), each.title))


@transaction.atomic
def decide_all(reviews: Iterable[Review], decision: DecisionInput, *, by: Actor) -> int:
    """まとめて決定: save one decision for several reviews in one transaction; return how many.

    Raises as ``Review.decide``, and then saves none.
    """
    count = 0
    for review in reviews:
        review.decide(decision, by=by)
        count += 1
    return count
