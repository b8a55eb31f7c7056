import pytest

from tests.cast.formbuilder import begun, messages, next_version, photo, question, small
from todoke.accounts.actors import Guest, System
from todoke.formbuilder.answers.journey import AnswerKey
from todoke.formbuilder.document.comparison import Impact, differences
from todoke.formbuilder.document.parser import read_document
from todoke.formbuilder.models import AlreadySubmitted, Answer, Submission

POST = {"value": "post", "label": "郵送"}
COUNTER = {"value": "counter", "label": "窓口"}


@pytest.mark.django_db
def test_an_applicant_finds_every_answer_after_a_new_version_and_is_told_what_changed() -> None:
    ways = question("way", "choice", options=[POST, COUNTER])
    submission = begun(small(question("name_text"), ways, question("old"), question("count", "number")))
    submission.save_page("page", {"name_text": "𠮷田", "way": "post", "old": "消えない", "count": "２"}, by=Guest())
    new = next_version(
        submission,
        question("name_text", help="新しい説明"),
        question("way", "choice", options=[COUNTER]),
        question("count", "date"),
        question("fresh"),
    )
    assert submission.migrate_to(new, by=Guest())
    assert not submission.migrate_to(new, by=Guest())
    assert submission.current_answers() == {AnswerKey("name_text"): "𠮷田"}
    assert set(messages(submission)) == {
        ("「設問count」の答え方が変わりました。もう一度入力してください。", "2"),
        ("「設問old」は不要になりました。書いた内容は送られません。", "消えない"),
        ("「設問way」の選択肢が変わりました。選び直してください。", "郵送"),
        ("「設問fresh」を新しくお聞きします。", ""),
    }
    assert Answer.objects.get(question="old").superseded_at is not None


@pytest.mark.django_db
def test_a_page_that_was_open_during_a_publication_loses_nothing() -> None:
    submission = begun(small(question("a"), question("b")))
    new = next_version(submission, question("a"), question("c", required="no"))
    submission.migrate_to(new, by=System())
    typed = {"a": "一", "b": "二", "form__edition": "1"}
    Submission.objects.get().save_page("page", typed, by=Guest())
    assert submission.current_answers() == {AnswerKey("a"): "一"}
    assert messages(submission) == [("「設問b」は不要になりました。書いた内容は送られません。", "二")]


@pytest.mark.django_db
def test_a_saver_who_read_the_draft_before_it_was_carried_saves_into_the_new_version() -> None:
    submission = begun(small(question("a")))
    late = Submission.objects.get()
    submission.migrate_to(next_version(submission, question("a"), question("c")), by=System())
    problems = late.save_page("page", {"a": "一"}, by=Guest())
    assert [problem.question for problem in problems] == ["c"]


@pytest.mark.django_db
def test_a_sent_application_never_moves() -> None:
    submission = begun(small(question("a")))
    submission.save_page("page", {"a": "一"}, by=Guest())
    submission.submit(by=Guest())
    with pytest.raises(AlreadySubmitted):
        submission.migrate_to(next_version(submission, question("b")), by=System())


@pytest.mark.django_db
def test_files_stay_with_a_question_that_stays() -> None:
    submission = begun(small(question("kept", "file"), question("gone", "file")))
    submission.attach("kept", photo("残る.png"), by=Guest())
    submission.attach("gone", photo("不要.png"), by=Guest())
    submission.migrate_to(next_version(submission, question("kept", "file")), by=System())
    assert submission.current_answers() == {AnswerKey("kept"): ["残る.png"]}
    assert messages(submission)[0][1] == "不要.png"


def test_a_diff_says_in_words_what_changes_for_whom() -> None:
    old = read_document(small(question("a"), question("w", "choice", options=[POST, COUNTER]), question("gone")))
    new = read_document(small(question("a", "number"), question("w", "choice", options=[COUNTER]), question("fresh")))
    found = {(item.question, item.impact): item.words for item in differences(old, new)}
    assert found == {
        ("gone", Impact.DROPPED): "設問をなくします。",
        ("a", Impact.ASKED_AGAIN): "種類を「短い文章」から「数」に変えます。",
        ("w", Impact.ASKED_AGAIN): "選択肢「郵送」をなくします(選んでいた人には聞き直します)。",
        ("fresh", Impact.ASKED): "設問を加えます(短い文章、必須)。",
    }
    assert differences(old, old) == []


@pytest.mark.django_db
def test_an_answer_that_a_new_condition_hides_is_told_and_kept_for_the_case_that_it_comes_back() -> None:
    ways = question("way", "choice", options=[POST, COUNTER])
    submission = begun(small(ways, question("place")))
    submission.save_page("page", {"way": "post", "place": "本庁"}, by=Guest())
    only = {"op": "is", "question": "way", "value": "counter"}
    submission.migrate_to(next_version(submission, ways, question("place", when=only)), by=System())
    assert messages(submission) == [
        ("「設問place」は、ほかの答えにより不要になりました。書いた内容は送られません。", "本庁")
    ]
    assert submission.current_answers()[AnswerKey("place")] == "本庁"


@pytest.mark.django_db
def test_an_answer_that_is_emptied_on_an_old_page_does_not_come_back() -> None:
    submission = begun(small(question("a"), question("b")))
    submission.save_page("page", {"a": "一", "b": "二"}, by=Guest())
    submission.migrate_to(
        next_version(submission, question("a"), question("b"), question("c", required="no")), by=System()
    )
    submission.save_page("page", {"a": "", "b": "二", "form__edition": "1"}, by=Guest())
    assert submission.current_answers() == {AnswerKey("b"): "二"}
