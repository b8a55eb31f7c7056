"""Reviewing 見直しの一覧と集計: which reviews somebody asks for, and the tables that lead back to the same rows."""

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
from todoke.reviews.models import Review, ReviewQuerySet, Ruling
from todoke.reviews.review_subjects import Decision, Subject

PAGE = 50
SORTS = ("number", "volume", "effective")
CONDITIONS = ("subject", "mark", "decision", "department", "amender", "reason", "due")
NONE = "none"
_NO_DAY = date(9999, 12, 31)


@dataclass(frozen=True)
class ReviewWish:
    """What somebody wants to see of the reviews (条件)."""

    query: str = ""
    said: dict[str, str] = field(default_factory=dict)
    sort: str = "number"
    after: str = ""


@dataclass(frozen=True)
class ReviewPage:
    """A page of reviews, the key after it, the total, and how many there are under each decision."""

    rows: list[Review]
    after: str
    counts: dict[str, int]
    total: int


def chosen(wish: ReviewWish) -> ReviewQuerySet:
    """Return every review that a wish asks for, in its order."""
    name = wish.sort.removeprefix("-")
    found = _narrowed(wish, wish.said).select_related("procedure__department", "paper_form", "basis")
    if name == "volume":
        found = found.annotate(key=Coalesce(F("procedure__total_count"), Value(-1)))
    elif name == "effective":
        found = found.annotate(key=Coalesce(F("effective_on"), Value(_NO_DAY)))
    else:
        found = found.annotate(key=F("number"))
    return found.order_by("-key" if wish.sort.startswith("-") else "key", "number")


def page(wish: ReviewWish, size: int = PAGE) -> ReviewPage:
    """Return one page of what a wish asks for, with the counts of every decision under the other conditions."""
    found = chosen(wish)
    if mark := _read_key(wish):
        value, number = mark
        beyond = "lt" if wish.sort.startswith("-") else "gt"
        found = found.filter(Q(**{f"key__{beyond}": value}) | Q(key=value, number__gt=number))
    rows = list(found[: size + 1])
    after = f"{rows[size - 1].number}~{getattr(rows[size - 1], 'key', '')}" if len(rows) > size else ""
    others = {name: value for name, value in wish.said.items() if name != "decision"}
    counts = dict(_narrowed(wish, others).values_list("decision").annotate(Count("pk")).order_by())
    decision = wish.said.get("decision", "")
    total = counts.get("" if decision == NONE else decision, 0) if decision else sum(counts.values())
    return ReviewPage(rows[:size], after, counts, total)


def _narrowed(wish: ReviewWish, said: dict[str, str]) -> ReviewQuerySet:
    found = Review.objects.filter(procedure__abolished_on=None)
    if wish.query:
        matching = search.matching(wish.query)
        found = found.filter(Q(procedure__in=_procedures(matching)) | Q(what__icontains=wish.query))
    for name, value in said.items():
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
        return Q(decision=Decision.KEEP, recheck_on__lte=today())
    return Q(**{name: "" if value == NONE else value})


def _read_key(wish: ReviewWish) -> tuple[Any, str] | None:
    """Read a key from an address; one that people have broken is as good as none."""
    number, _, value = wish.after.partition("~")
    name = wish.sort.removeprefix("-")
    try:
        if not value:
            return None
        return (int(value) if name == "volume" else date.fromisoformat(value) if name == "effective" else value), number
    except ValueError:
        return None


@dataclass(frozen=True)
class TableRow:
    """One department of the table: how many reviews under each decision, the undecided first."""

    code: str
    name: str
    counts: tuple[tuple[str, int], ...]

    @property
    def total(self) -> int:
        return sum(count for _, count in self.counts)

    @property
    def decided(self) -> int:
        return self.total - dict(self.counts)[NONE]


def table(subject: str = "") -> list[TableRow]:
    """Count reviews by department and decision; every cell is the number of rows behind the same conditions."""
    found = Review.objects.filter(procedure__abolished_on=None)
    found = found.filter(subject=subject) if subject in Subject.values else found
    cells: dict[tuple[str, str], dict[str, int]] = {}
    for code, name, decision, count in (
        found.values_list("procedure__department__code", "procedure__department__name", "decision")
        .annotate(Count("pk"))
        .order_by("procedure__department__code")
    ):
        cells.setdefault((code or NONE, name or "未定"), {})[decision or NONE] = count
    columns = (NONE, *Decision.values)
    return [
        TableRow(code, name, tuple((column, row.get(column, 0)) for column in columns))
        for (code, name), row in cells.items()
    ]


@dataclass(frozen=True)
class Amendment:
    """改正の一件: one ordinance or rule, who can amend it, and what is to be changed in it by when."""

    title: str
    number: str
    rank: str
    amender: str
    own: bool
    articles: tuple[str, ...]
    reviews: tuple[Review, ...]

    @property
    def by(self) -> date | None:
        return min((review.effective_on for review in self.reviews if review.effective_on), default=None)


OWN_AMENDERS = frozenset(
    {LegalBasis.Amender.COUNCIL.value, LegalBasis.Amender.MAYOR.value, LegalBasis.Amender.DEPARTMENT.value}
)


def amendments() -> list[Amendment]:
    """Group what goes or is replaced by the ordinance, rule or law that must change; our own first."""
    found = Review.objects.to_amend().filter(procedure__abolished_on=None)
    groups: dict[tuple[str, str, str, str], list[Review]] = {}
    for review in found.select_related("procedure__department", "paper_form", "basis").order_by("number"):
        basis = review.basis
        assert basis
        groups.setdefault((basis.title, basis.number, basis.rank, basis.amendable_by), []).append(review)
    made = [
        Amendment(
            title, number, str(LegalBasis.Rank(rank).label), str(LegalBasis.Amender(amender).label),
            amender in OWN_AMENDERS,
            tuple(sorted({review.basis.article for review in reviews if review.basis and review.basis.article})),
            tuple(reviews),
        )
        for (title, number, rank, amender), reviews in groups.items()
    ]  # fmt: skip
    return sorted(made, key=lambda each: (not each.own, -len(each.reviews), each.title))


@transaction.atomic
def decide_all(reviews: Iterable[Review], ruling: Ruling, *, by: Actor) -> int:
    """Decide the same about several, all of them or none; return how many (まとめて決定)."""
    count = 0
    for review in reviews:
        review.decide(ruling, by=by)
        count += 1
    return count
