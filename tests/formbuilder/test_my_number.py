import logging
from datetime import date
from typing import Any

import pytest
from cryptography.fernet import Fernet
from pytest_django import Settings

from tests.cast.formbuilder import begun, question, small
from todoke.accounts.actors import Guest, System
from todoke.audit.models import Entry
from todoke.formbuilder.answers import encryption
from todoke.formbuilder.answers.journey import AnswerKey, Journey
from todoke.formbuilder.answers.page_form import form_for
from todoke.formbuilder.document.parser import read_document
from todoke.formbuilder.document.question_types import MASK
from todoke.formbuilder.models import Answer, Submission
from todoke.formbuilder.publication.publish_checks import publish_defects
from todoke.runtime.refusals import Refused

NUMBER = "123456789018"
PLACE = AnswerKey("mine")


def asking(**more: Any) -> dict[str, Any]:
    return {**small(question("mine", "my_number", **more), question("note")), "my_number_basis": "番号法別表の項(見本)"}


def given() -> Submission:
    submission = begun(asking())
    submission.save_page("page", {"mine": "１２３４ ５６７８−９０１８", "note": "メモ"}, by=Guest())
    return submission


def test_a_form_without_a_basis_in_law_may_not_ask() -> None:
    found = publish_defects(read_document({**asking(), "my_number_basis": ""}), date(2026, 11, 22))
    assert ["番号法に根拠のある手続だけ" in defect.problem for defect in found] == [True]
    assert publish_defects(read_document(asking()), date(2026, 11, 22)) == []


@pytest.mark.django_db
def test_a_number_is_encrypted_in_the_database_and_found_by_no_search() -> None:
    given()
    stored = Answer.objects.get(question="mine")
    assert NUMBER not in stored.value
    assert stored.value.startswith("sealed:")
    assert stored.normal == ""
    assert encryption.decrypt(stored.value) == NUMBER


@pytest.mark.django_db
def test_it_is_masked_on_every_page() -> None:
    submission = given()
    journey = submission.journey()
    html = str(form_for(journey.document.page("page"), journey))
    assert "入力済みです" in html
    assert NUMBER not in html
    assert "sealed:" not in html
    assert [row.text for _, rows in journey.summary() for row in rows] == [MASK, "メモ"]


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["123456789012", "12345", "番号"])
def test_a_mistyped_number_is_refused_at_the_question_and_never_kept(typed: str) -> None:
    submission = begun(asking())
    problems = submission.save_page("page", {"mine": typed, "note": "メモ"}, by=Guest())
    assert [problem.question for problem in problems] == ["mine"]
    assert not Answer.objects.filter(question="mine").exists()


@pytest.mark.django_db
def test_an_empty_field_leaves_the_number_and_a_tick_takes_it_away() -> None:
    submission = given()
    submission.save_page("page", {"mine": "", "note": "別のメモ"}, by=Guest())
    assert submission.journey().problems() == []
    submission.save_page("page", {"mine": "", "mine__clear": "1", "note": "別のメモ"}, by=Guest())
    assert PLACE not in submission.current_answers()


@pytest.mark.django_db
def test_a_text_that_looks_sealed_is_no_way_in() -> None:
    stranger = given()
    token = Answer.objects.get(question="mine").value
    mine = Submission.start(version=stranger.version, by=Guest())
    mine.save_page("page", {"mine": token, "note": "x"}, by=Guest())
    assert PLACE not in mine.current_answers()


@pytest.mark.django_db
def test_a_number_among_letters_is_refused_and_one_with_blanks_and_hyphens_is_read() -> None:
    mine = Submission.start(version=given().version, by=Guest())
    assert mine.save_page("page", {"mine": f"sealed:{NUMBER}", "note": "x"}, by=Guest())
    assert PLACE not in mine.current_answers()
    assert not mine.save_page("page", {"mine": "１２３４ ５６７８－9018", "note": "x"}, by=Guest())
    assert mine.disclose_number(PLACE, by=System(), reason="税の情報連携") == NUMBER


@pytest.mark.django_db
def test_every_reading_has_its_reason_on_record_and_no_log_has_the_number(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    submission = given()
    with pytest.raises(Refused, match="理由"):
        submission.disclose_number(PLACE, by=System(), reason=" ")
    with pytest.raises(KeyError):
        submission.disclose_number(AnswerKey("note"), by=System(), reason="調査")
    assert submission.disclose_number(PLACE, by=System(), reason="税の情報連携") == NUMBER
    assert Entry.objects.get(act="個人番号の閲覧").reason == "税の情報連携"
    assert NUMBER not in caplog.text


@pytest.mark.django_db
def test_an_older_key_still_reads_and_a_lost_one_says_so(settings: Settings) -> None:
    given()
    token = Answer.objects.get(question="mine").value
    settings.FIELD_KEYS = [Fernet.generate_key().decode(), *settings.FIELD_KEYS]
    assert encryption.decrypt(token) == NUMBER
    settings.FIELD_KEYS = settings.FIELD_KEYS[:1]
    with pytest.raises(encryption.KeyMissing, match="TODOKE_FIELD_KEYS"):
        encryption.decrypt(token)


@pytest.mark.django_db
def test_it_moves_with_its_draft_and_is_handed_back_masked() -> None:
    submission = given()
    draft = submission.version.draft
    draft.edit({**asking(help="新しい説明")}, by=System())
    submission.migrate_to(draft.publish(by=System()), by=System())
    assert submission.disclose_number(PLACE, by=System(), reason="確認") == NUMBER
    draft.edit(small(question("note")), by=System())
    submission.migrate_to(draft.publish(by=System()), by=System())
    assert [notice.typed for notice in submission.migration_notices.all()] == [MASK]


def account(**parts: str) -> list[str]:
    value = {
        "bank": "みずほ銀行",
        "branch": "丸の内中央支店",
        "type": "普通",
        "number": "1234567",
        "holder": "ミホン ハナコ",
    }
    journey = Journey(
        read_document(small(question("a", "bank_account"))), {AnswerKey("a"): value | parts}, date(2026, 11, 22)
    )
    return [f"{problem.part}{'?' if problem.warning else ''}" for problem in journey.problems()]


def test_banks_and_branches_are_looked_up_and_holders_are_in_kana() -> None:
    assert account() == []
    assert account(bank="ゆうちょ銀行", branch="００８") == []
    assert account(bank="0001", branch="東京営業部") == []
    assert account(bank="川口信用金庫", branch="本店営業部") in ([], ["branch?"])
    assert account(bank="まぼろし銀行") == ["bank?"]
    assert account(branch="まぼろし支店") == ["branch?"]
    assert account(holder="見本 花子") == ["holder"]
    assert account(holder="ﾐﾎﾝ ﾊﾅｺ") == []
