"""Drafts 記入中の申請 of the publication proof: publish a version, and compare stored answers with what was typed."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from todoke.audit import log
from todoke.cases.answers import body_hash
from todoke.cases.models import Case, Draft
from todoke.demo.offers import route
from todoke.formbuilder.models import Answer, FormDraft
from todoke.offers.models import Offer, Release
from todoke.organization.models import Department
from todoke.procedures.models import Procedure
from todoke.proving.form_versions import form_version
from todoke.proving.service import PROVER

CODE = "proof-editions"
SAME_FOR_ALL = {"given", "family_kana", "given_kana"}


def publish(seed: int, number: int) -> Release:
    """Publish version ``number`` of the synthetic form and return its release; version 1 opens the service."""
    document = form_version(seed, number)
    now = timezone.now()
    if number == 1:
        section = Department.objects.get(code="9900")
        procedure = Procedure.objects.create(title=document["title"], department=section)
        Offer.objects.create(code=CODE, procedure=procedure, department=section, opens_at=now - timedelta(minutes=1))
        draft = FormDraft.begin(CODE, document, by=PROVER)
    else:
        draft = FormDraft.objects.get(code=CODE)
        draft.edit(document, by=PROVER)
    return Release.publish(
        Offer.objects.get(code=CODE), by=PROVER, form_version=draft.publish(by=PROVER), route=route(),
        standard_days=5, delivery="郵送", effective_at=now,
    )  # fmt: skip


def check(journal: Path) -> Iterator[str]:
    """Yield a sentence for each answer never typed by its owner, lost draft, or changed submission."""
    facts = [json.loads(line) for line in journal.read_text().splitlines()]
    there = set(Draft.objects.values_list("submission__token", flat=True))
    typed = {fact["draft"]: {tuple(pair) for pair in fact["typed"]} for fact in facts}
    yield from (f"申請の下書き {fact['draft']} がありません" for fact in facts if fact["draft"] not in there)
    current = Answer.objects.filter(superseded_at=None).exclude(part__in=SAME_FOR_ALL)
    for token, question, value in current.values_list("submission__token", "question", "value").iterator():
        if (question, value) not in typed.get(token, set()):
            yield f"{question}: 「{value}」は本人が入力していません"
    numbers = {fact["number"] for fact in facts if fact["number"]}
    cases = Case.objects.select_related("submission__version")
    yield from (f"{number}: 受け付けた申請がありません" for number in numbers - {case.number for case in cases})
    yield from (
        f"{case.number}: 送ったあとで変わりました" for case in cases if case.body_hash != body_hash(case.submission)
    )
    yield from (f"監査 {found.subject} {found.problem}" for found in log.verify())
