import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast.formbuilder import DOG_PAGES, begun, dog_filled, photo, question, small
from todoke.accounts.actors import Guest
from todoke.file_validation.content_types import NotAccepted
from todoke.formbuilder.answers.journey import AnswerKey
from todoke.formbuilder.models import AlreadySubmitted, Answer, SubmissionIncomplete, Upload

pytestmark = pytest.mark.django_db


def test_a_name_keeps_every_character_and_a_phone_is_normalised_beside() -> None:
    submission = dog_filled()
    assert submission.current_answers()[AnswerKey("owner_name")] == {
        "family": "髙橋",
        "given": "𠮷男",
        "family_kana": "タカハシ",
        "given_kana": "ヨシオ",
    }
    phone = Answer.objects.get(question="owner_phone")
    assert (phone.value, phone.normal) == ("０３（１２３４）５６７８", "0312345678")
    birth = Answer.objects.get(question="dog_birth")
    assert (birth.value, birth.normal) == ("令和８年1月5日", "2026-01-05")


def test_sending_twice_sends_once() -> None:
    submission = dog_filled()
    assert submission.submit(by=Guest())
    assert not submission.submit(by=Guest())
    with pytest.raises(AlreadySubmitted):
        submission.save_page("dog", {"dog_name": "タマ"}, by=Guest())
    assert submission.current_answers()[AnswerKey("dog_name")] == "ポチ"


def test_an_unfinished_application_says_what_is_missing() -> None:
    submission = dog_filled()
    submission.save_page("dog", {"dog_name": ""}, by=Guest())
    with pytest.raises(SubmissionIncomplete) as caught:
        submission.submit(by=Guest())
    assert [problem.message for problem in caught.value.problems] == ["「犬の名前」を入力してください。"]


def test_unknown_keys_and_hidden_questions_are_ignored() -> None:
    submission = dog_filled()
    extra = {"status": "submitted", "owner": "1", "dog_place__street": "1-1", "token": "x", "dog_place__evil": "y"}
    submission.save_page("owner", {**DOG_PAGES["owner"], **extra}, by=Guest())
    assert submission.status == "draft"
    assert not Answer.objects.filter(question="dog_place").exists()


def test_an_answer_that_became_hidden_is_not_sent() -> None:
    submission = dog_filled()
    submission.save_page("tag", {"delivery": "post", "post_same": "yes"}, by=Guest())
    submission.submit(by=Guest())
    assert not Answer.objects.filter(question="counter_place").exists()


def test_a_correction_changes_only_what_was_asked_and_keeps_what_was_there() -> None:
    submission = dog_filled()
    submission.submit(by=Guest())
    data = {"dog_name": "タマ", "dog_breed": "秋田犬"}
    assert submission.correct(data, allowed=[AnswerKey("dog_name")], by=Guest()) == []
    answers = submission.current_answers()
    assert (answers[AnswerKey("dog_name")], answers[AnswerKey("dog_breed")]) == ("タマ", "柴犬")
    assert Answer.objects.filter(question="dog_name", superseded_at__isnull=False).get().value == "ポチ"


def test_a_file_belongs_to_its_own_submission() -> None:
    submission = begun(small(question("paper", "file")))
    submission.save_page("page", {}, by=Guest(), files={"paper": photo()})
    upload = Upload.objects.get()
    assert upload.submission == submission
    assert upload.open().read() == photo().read()
    assert submission.current_answers() == {AnswerKey("paper"): ["写真.png"]}
    with pytest.raises(NotAccepted):
        submission.attach("dog_name", photo(), by=Guest())


def test_a_program_named_pdf_is_refused_at_its_question() -> None:
    submission = begun(small(question("paper", "file")))
    problems = submission.save_page("page", {}, by=Guest(), files={"paper": photo("a.pdf", b"MZ\x90\x00" + b"0" * 99)})
    assert problems[0].question == "paper"
    assert "受け取れません" in problems[0].message
    assert not Upload.objects.exists()


def test_saving_a_page_takes_a_constant_number_of_queries() -> None:
    submission = dog_filled()
    with CaptureQueriesContext(
        connection,
    ) as few:
        submission.save_page("owner", DOG_PAGES["owner"], by=Guest())
    with CaptureQueriesContext(connection) as more:
        submission.save_page("dog", {name: f"{value}" for name, value in DOG_PAGES["dog"].items()}, by=Guest())
    assert len(few) == len(more) <= 8


def test_a_postal_code_writes_the_place_and_never_over_what_was_typed() -> None:
    submission = begun(small(question("home", "address")))
    submission.save_page(
        "page", {"home__postal": "１０４−００４５", "home__region": "", "home__street": ""}, by=Guest()
    )
    assert submission.current_answers()[AnswerKey("home")] == {
        "postal": "１０４−００４５",
        "region": "東京都中央区築地",
    }
    submission.save_page("page", {"home__postal": "104-0045", "home__region": "中央区ツキジ"}, by=Guest())
    assert submission.current_answers()[AnswerKey("home")] == {"postal": "104-0045", "region": "中央区ツキジ"}
