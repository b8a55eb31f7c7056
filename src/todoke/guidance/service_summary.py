"""Offering 申請の案内: what a resident should know of an online service before starting, from its frozen version."""

from dataclasses import dataclass

from django.db.models import CharField, DateTimeField, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from todoke.compiled_queries import CompiledQuery, Parameter
from todoke.formbuilder.document.structure import Document, Guide
from todoke.formbuilder.document.translations import in_language
from todoke.formbuilder.publication.manual import NeededPaper, papers_of
from todoke.offers.models import Release


@dataclass(frozen=True)
class Price:
    """手数料の見積り: one line of the fee, in yen per unit, and by which answer it is multiplied (empty: once)."""

    label: str
    yen: int
    per: str


@dataclass(frozen=True)
class Offering:
    """申請の案内: the release that one would apply under now, and what it says."""

    release: Release
    document: Document
    papers: tuple[NeededPaper, ...]

    @property
    def guide(self) -> Guide:
        return self.document.guide

    @property
    def prices(self) -> tuple[Price, ...]:
        """What is charged, line by line, before anything is typed."""
        return _prices(self.release, self.document)

    @property
    def fee(self) -> str:
        return self.guide.fee or (_("手数料がかかります。") if self.release.terms.fees else _("無料"))


def _prices(release: Release, document: Document) -> tuple[Price, ...]:
    asked = {question.id: question.label for page in document.pages for _, question in page.questions()}
    return tuple(Price(line.label, line.amount, asked.get(line.unit_question, "")) for line in release.terms.fees)


def offering_at(number: str) -> Offering | None:
    """Return what can be applied for now under a procedure's number, or None when nothing is open (one query)."""
    found = _OPEN.first(number=number, now=timezone.now())
    if found is None:
        return None
    document = in_language(found.form_version.parsed, get_language() or "ja")
    return Offering(found, document, papers_of(document))


def _open_query() -> QuerySet[Release]:
    """As ``Release.objects.open()``, of one procedure that exists: what is in force of its first open offer."""
    now = Parameter("now", DateTimeField())
    taken_effect = Release.objects.filter(offer=OuterRef("offer"), effective_at__lte=now)
    return (
        Release.objects.filter(pk=Subquery(taken_effect.order_by("-number").values("pk")[:1]))
        .filter(offer__procedure__number=Parameter("number", CharField()), offer__procedure__abolished_on__isnull=True)
        .filter(offer__opens_at__lte=now)
        .filter(Q(offer__closes_at__isnull=True) | Q(offer__closes_at__gt=now))
        .select_related("form_version", "offer__department", "offer__procedure__department")
        .defer("form_version__document")
        .order_by("offer__code")[:1]
    )


_OPEN = CompiledQuery(_open_query)
