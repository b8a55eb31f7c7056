"""Review summary 見直しの集計: reviews by decision and department, ordinances to amend, deciding several at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Count

from todoke.accounts.actors import Actor
from todoke.procedures.models import LegalBasis
from todoke.reviews.models import DecisionInput, Review
from todoke.reviews.review_subjects import ReviewDecision, Subject

NONE = "none"


def counts_by_decision() -> dict[str, int]:
    """Return how many reviews there are under each decision, and ``none`` that nobody has decided."""
    rows = Review.objects.current().order_by().values_list("decision").annotate(count=Count("pk"))
    return {decision or NONE: count for decision, count in rows}


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
    found = Review.objects.current()
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
    found = Review.objects.current().requiring_amendment()
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
