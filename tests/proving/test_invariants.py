"""The proof's own eyes: what was acknowledged is compared with what is there."""

import json
from pathlib import Path

import pytest

from todoke.cases import intake
from todoke.cases.models import Case
from todoke.procedures.models import Release
from todoke.proving import invariants, service

pytestmark = pytest.mark.django_db


@pytest.fixture
def acknowledged(tmp_path: Path) -> tuple[Path, Path]:
    """One application that was sent, acknowledged and mailed, as a resident's journal and the mail sink tell it."""
    service.build()
    draft = intake.begin(Release.objects.get(), by=service.PROVER)
    for page, fields in service.answers("k1").items():
        draft.submission.save_page(page, fields, by=service.PROVER)
    case = intake.accept(draft.submission, by=service.PROVER)
    fact = {"what": "acknowledged", "canary": "k1", "draft": draft.submission.token, "number": case.number}
    journal, mails = tmp_path / "journal.jsonl", tmp_path / "mails.jsonl"
    journal.write_text(json.dumps(fact) + "\n")
    mails.write_text(json.dumps({"to": "k1@proof.example", "id": "<1@proof>"}) + "\n")
    return journal, mails


def test_an_acknowledged_application_that_is_there_is_no_finding(acknowledged: tuple[Path, Path]) -> None:
    assert list(invariants.check(*acknowledged)) == []


def test_a_receipt_number_that_nobody_wrote_down_is_found(acknowledged: tuple[Path, Path]) -> None:
    journal, mails = acknowledged
    journal.write_text(journal.read_text().replace(Case.objects.get().number, "2026-999999-Z"))
    assert [found[:2] for found in invariants.check(journal, mails)] == ["I1"]


def test_an_answer_that_changed_is_found(acknowledged: tuple[Path, Path]) -> None:
    journal, mails = acknowledged
    journal.write_text(journal.read_text().replace('"k1"', '"k2"'))
    assert {found[:2] for found in invariants.check(journal, mails)} == {"I3", "I5"}


def test_a_mail_that_never_came_or_came_twice_is_found(acknowledged: tuple[Path, Path]) -> None:
    journal, mails = acknowledged
    mails.write_text("")
    assert ["0 通" in found for found in invariants.check(journal, mails)] == [True]
    twice = [json.dumps({"to": "k1@proof.example", "id": f"<{number}@proof>"}) for number in (1, 2)]
    mails.write_text("\n".join(twice))
    assert ["2 通" in found for found in invariants.check(journal, mails)] == [True]
