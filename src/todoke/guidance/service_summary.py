"""Service summary 申請の案内: what a resident needs to know before starting an online service, from its release."""

from dataclasses import dataclass

from django.db.models import CharField, DateTimeField, QuerySet
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from todoke.compiled_queries import CompiledQuery, Parameter
from todoke.formbuilder.document.structure import Document, Guide
from todoke.formbuilder.document.translations import translated
from todoke.formbuilder.publication.manual import NeededPaper, papers_of
from todoke.offers.models import Release


@dataclass(frozen=True)
class FeeEstimate:
    """手数料の見積り: one line of the fee in yen per unit, and the answer that multiplies it ("": once)."""

    label: str
    yen: int
    per: str


@dataclass(frozen=True)
class ServiceSummary:
    """申請の案内: the release in force, and what its guide says."""

    release: Release
    document: Document
    papers: tuple[NeededPaper, ...]

    @property
    def guide(self) -> Guide:
        return self.document.guide

    @property
    def prices(self) -> tuple[FeeEstimate, ...]:
        """The fee lines before anything is answered."""
        return _prices(self.release, self.document)

    @property
    def fee(self) -> str:
        return self.guide.fee or (_("手数料がかかります。") if self.release.fee_schedule.fees else _("無料"))


def _prices(release: Release, document: Document) -> tuple[FeeEstimate, ...]:
    asked = {question.id: question.label for page in document.pages for _, question in page.questions()}
    return tuple(
        FeeEstimate(line.label, line.amount, asked.get(line.unit_question, "")) for line in release.fee_schedule.fees
    )


def service_summary(number: str) -> ServiceSummary | None:
    """Return the summary of the open service of a procedure number, or None (one query)."""
    found = _OPEN.first(number=number, now=timezone.now())
    if found is None:
        return None
    document = translated(found.form_version.parsed, get_language() or "ja")
    return ServiceSummary(found, document, papers_of(document))


def _open_query() -> QuerySet[Release]:
    """Return the release in force of the first open offer of one procedure."""
    return (
        Release.objects.open(Parameter("now", DateTimeField()))
        .filter(offer__procedure__number=Parameter("number", CharField()), offer__procedure__abolished_on__isnull=True)
        .select_related("form_version", "offer__department", "offer__procedure__department")
        .defer("form_version__document")
        .order_by("offer__code")[:1]
    )


_OPEN = CompiledQuery(_open_query)
