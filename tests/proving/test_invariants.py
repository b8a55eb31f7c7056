"""The proof's own eyes: what was acknowledged is compared with what is there."""

import json
from pathlib import Path

import pytest

from todoke.cases import intake
from todoke.cases.models import Case
from todoke.notices.models import Message
from todoke.offers.models import Release
from todoke.procedures.models import Procedure
from todoke.proving import invariants, service
from todoke.proving.voice_proof.opinion_visitor import words_of
from todoke.voices.models import CommentReceipt, Consultation

pytestmark = pytest.mark.django_db


@pytest.fixture
def acknowledged(tmp_path: Path) -> tuple[Path, Path]:
    """One application that was sent, acknowledged and mailed, as a resident's journal and the mail sink tell it."""
    service.build()
    draft = intake.begin(Release.objects.get(), by=service.PROVER)
    for page, fields in service.resident_answers("k1").items():
        draft.submission.save_page(page, fields, by=service.PROVER)
    case = intake.accept(draft.submission, by=service.PROVER)
    fact = {"what": "acknowledged", "canary": "k1", "draft": draft.submission.token, "number": case.number}
    journal, mails = tmp_path / "journal.jsonl", tmp_path / "mails.jsonl"
    journal.write_text(json.dumps(fact) + "\n")
    token = Message.objects.get().token
    mails.write_text(json.dumps({"to": "k1@proof.example", "id": f"<{token}@proof>"}) + "\n")
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
    assert {found[:2] for found in invariants.check(journal, mails)} == {"I3"}


def test_a_mail_that_never_came_is_found(acknowledged: tuple[Path, Path]) -> None:
    journal, mails = acknowledged
    mails.write_text("")
    assert ["届いていない" in found for found in invariants.check(journal, mails)] == [True]


def test_a_mail_under_a_second_identity_is_found(acknowledged: tuple[Path, Path]) -> None:
    journal, mails = acknowledged
    mails.write_text(mails.read_text() + json.dumps({"to": "k1@proof.example", "id": "<2@proof>"}))
    assert ["記録にない通知" in found for found in invariants.check(journal, mails)] == [True]


def test_a_decision_that_was_told_and_is_not_there_is_found(acknowledged: tuple[Path, Path]) -> None:
    journal, mails = acknowledged
    journal.write_text(journal.read_text() + json.dumps({"what": "approved", "proposal": "伺2026-000009"}))
    assert [found[:2] for found in invariants.check(journal, mails)] == ["I7"]


def test_half_an_import_is_found(acknowledged: tuple[Path, Path]) -> None:
    for row in range(service.ROWS - 1):
        department = Release.objects.get().offer.department
        Procedure.objects.create(title=f"取込001の手続{row}", national_id=f"取込001-{row}", department=department)
    assert [found[:3] for found in invariants.check(*acknowledged)] == ["I10"]


def test_a_payment_that_the_ledger_does_not_know_is_found(acknowledged: tuple[Path, Path]) -> None:
    journal, mails = acknowledged
    journal.write_text(journal.read_text() + json.dumps({"what": "paid", "key": "f" * 32}))
    assert [found[:2] for found in invariants.check(journal, mails)] == ["I6"]


def opined(number: str, canary: str = "o1") -> str:
    return json.dumps({"what": "opined", "canary": canary, "number": number}) + "\n"


def write_opinion(mails: Path) -> CommentReceipt:
    of, sender = Consultation.objects.get(), {"mail": "o1@proof.example"}
    row = CommentReceipt.receive(of, channel="web", text=words_of("o1"), sender=sender, by=service.PROVER)
    token = Message.objects.latest("pk").token
    mails.write_text(mails.read_text() + json.dumps({"to": "o1@proof.example", "id": f"<{token}@proof>"}) + "\n")
    return row


def test_an_acknowledged_opinion_that_is_there_is_no_finding(acknowledged: tuple[Path, Path]) -> None:
    journal, mails = acknowledged
    journal.write_text(journal.read_text() + opined(write_opinion(mails).number))
    assert list(invariants.check(journal, mails)) == []


def test_an_opinion_that_is_lost_changed_or_doubled_is_found(acknowledged: tuple[Path, Path]) -> None:
    journal, mails = acknowledged
    row, kept = write_opinion(mails), journal.read_text()
    journal.write_text(kept + opined("2026-001-00099"))
    assert [found[:3] for found in invariants.check(journal, mails)] == ["I11"]
    journal.write_text(kept + opined(row.number, "o2"))
    assert [found[:3] for found in invariants.check(journal, mails)] == ["I11"]
    CommentReceipt.receive(row.consultation, channel="web", text=row.text, by=service.PROVER)
    assert "I12" in {found[:3] for found in invariants.check(journal, mails)}
