"""Service summary 申請の案内: what a resident needs to know before starting an online service, from its release."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, DateTimeField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from todoke.compiled_queries import CompiledQuery, Parameter
from todoke.formbuilder.document.phrases import phrase
from todoke.formbuilder.document.structure import Document, Guide
from todoke.formbuilder.document.translations import translated
from todoke.formbuilder.publication.manual import NeededPaper, papers_of
from todoke.guidance.models import PlainName
from todoke.guidance.plain_names import PlainNames
from todoke.offers.fees import FeeRule, price_of
from todoke.offers.models import Release
from todoke.offers.terms_comparison import amounts_in
from todoke.procedures.models.procedure import all_but_names

NAMES = ("plain", "easy", "english")
"""The columns of a plain name, in the order of ``PlainNames``."""
SHORT = 20
"""Characters up to which a sentence with an amount says nothing but the amount."""


@dataclass(frozen=True)
class FeeEstimate:
    """手数料の見積り: one line of the fee in yen per unit, and what multiplies it ("": once)."""

    label: str
    yen: int
    per: str = ""


@dataclass(frozen=True)
class ServiceSummary:
    """申請の案内: the release in force, and what its guide says."""

    release: Release
    document: Document
    papers: tuple[NeededPaper, ...]
    called: str
    """The plain name in the language of the page, or ""."""

    @property
    def guide(self) -> Guide:
        return self.document.guide

    @property
    def prices(self) -> tuple[FeeEstimate, ...]:
        """The fee lines before anything is answered."""
        return _prices(self.release, self.document)

    @property
    def only_price(self) -> int | None:
        """The amount of a fee of one line that nothing multiplies, else None."""
        prices = self.prices
        return prices[0].yen if len(prices) == 1 else None

    @property
    def has_price_list(self) -> bool:
        """Whether there is more to tell about the fee than its amount."""
        schedule = self.release.fee_schedule
        return len(self.prices) > 1 or any(price.per for price in self.prices) or bool(schedule.exemptions)

    @property
    def fee(self) -> str:
        """What the guide says about the fee, unless it only repeats an amount of the fee lines."""
        said, fees = self.guide.fee, self.release.fee_schedule.fees
        if not said:
            return _("手数料がかかります。") if fees else _("無料")
        named = amounts_in(said)
        return "" if named and named <= {line.amount for line in fees} and len(said) <= SHORT else said


def _prices(release: Release, document: Document) -> tuple[FeeEstimate, ...]:
    return tuple(price for line in release.fee_schedule.fees for price in _prices_of(line, document))


def _prices_of(line: FeeRule, document: Document) -> Iterator[FeeEstimate]:
    asked = {key: question for key, (_, _, question) in document.by_id.items()}
    label, per = phrase(line.label), asked[line.unit_question].label if line.unit_question in asked else ""
    if line.when_question in asked:
        question = asked[line.when_question]
        label = f"{label}({question.label}: {question.option_label(line.when_value)})"
    groups = {group.id: group.repeat for page in document.pages for group in page.groups}
    repeat = groups.get(line.rows_of)
    yield FeeEstimate(label, line.amount, per or (repeat.noun if repeat else ""))
    if repeat and line.second_percent is not None:
        yield FeeEstimate(f"{label}({repeat.row_name(2)})", price_of(line, 2))
    if repeat and line.third_percent is not None:
        yield FeeEstimate(f"{label}({repeat.row_name(3)}〜)", price_of(line, 3))


def service_summary(number: str) -> ServiceSummary | None:
    """Return the summary of the open service of a procedure number, or None (one query)."""
    found = _OPEN.first(number=number, now=timezone.now())
    if found is None:
        return None
    japanese = found.form_version.parsed
    document = translated(japanese, get_language() or "ja")
    return ServiceSummary(found, document, papers_of(document, japanese), _called(found))


def _called(found: Any) -> str:
    procedure = found.procedure
    names = PlainNames([(procedure.title, *(getattr(found, f"called_{name}") for name in NAMES))])
    return names.called(procedure.title, procedure.plain_name)


def _open_query() -> QuerySet[Release]:
    """Return the release in force of the first open offer of one procedure, with its plain names."""
    same = PlainName.objects.order_by().filter(title=OuterRef("offer__procedure__title"))
    names = {f"called_{name}": Coalesce(Subquery(same.values(name)), Value("")) for name in NAMES}
    return (
        Release.objects.open(Parameter("now", DateTimeField()))
        .filter(offer__procedure__number=Parameter("number", CharField()), offer__procedure__abolished_on__isnull=True)
        .select_related("form_version", "offer__department", "offer__procedure__department")
        .defer("form_version__document", *all_but_names("offer__procedure", "department"))
        .annotate(**names)
        .order_by("offer__code")[:1]
    )


_OPEN = CompiledQuery(_open_query)
