"""The office of the surge: the proof's synthetic service with fourteen questions on three pages and no paper."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from todoke.demo.offers import route
from todoke.formbuilder.models import FormDraft
from todoke.organization.models import Department
from todoke.procedures.models import LetterText, Offer, Procedure, Release
from todoke.proving import service

TITLE = "混雑の検証の手続(合成)"
WORDS = "混雑の検証"


def document() -> dict[str, Any]:
    """Return the proof's document without its paper."""
    found = service.document()
    for page in found["pages"]:
        for group in page["groups"]:
            group["questions"] = [question for question in group["questions"] if question["kind"] != "file"]
    return {**found, "title": TITLE}


def build() -> str:
    """Set up the section and both services; return the number of the one without a paper."""
    service.build()
    section = Department.objects.get(code="9900")
    procedure = Procedure.objects.create(title=TITLE, department=section)
    begun = timezone.now() - timedelta(minutes=1)
    offer = Offer.objects.create(code="surge", procedure=procedure, department=section, opens_at=begun)
    draft = FormDraft.objects.create(code="surge", title=TITLE, document=document())
    release = Release.publish(
        offer,
        rows=[LetterText(kind="grant", title="通知書(合成)", opening="{received}の申請について決定しました。")],
        by=service.PROVER,
        form_version=draft.publish(by=service.PROVER),
        route=route(),
        standard_days=5,
        delivery="郵送",
        effective_at=begun,
    )
    return str(release.procedure.number)
