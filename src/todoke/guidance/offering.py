"""Offering 申請の案内: what a resident should know of an online service before starting, from its frozen version."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from todoke.formbuilder.document import Document, Guide
from todoke.procedures.models import Procedure
from todoke.procedures.models.release import Release


@dataclass(frozen=True)
class NeededPaper:
    """用意する書類: what it is, and in which case it is needed (empty: always)."""

    label: str
    note: str
    when: str


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
    def fee(self) -> str:
        return self.guide.fee or (_("手数料がかかります。") if self.release.terms.fees else _("無料"))


def offering_of(procedure: Procedure) -> Offering | None:
    """Return what can be applied for now under a procedure, or None when nothing is open (one query)."""
    found = (
        Release.objects.open()
        .filter(offer__procedure=procedure)
        .select_related("form_version", "offer__department")
        .order_by("offer__code")
        .first()
    )
    if found is None:
        return None
    document = found.form_version.parsed
    papers = tuple(
        NeededPaper(paper.label, paper.note, document.condition_sentence(paper.when) if paper.when else "")
        for paper in document.papers
    )
    return Offering(found, document, papers)
