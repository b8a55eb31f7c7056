from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cast_formbuilder import begun, photo, question, small
from todoke.accounts.actors import Guest, System
from todoke.formbuilder.carrying import carried
from todoke.formbuilder.comparison import Touch, differences
from todoke.formbuilder.document import Document
from todoke.formbuilder.journey import Spot
from todoke.formbuilder.models import Answer, Closed, FormVersion, Submission
from todoke.formbuilder.reading import read_document
from todoke.formbuilder.sampling import filled

DAY = date(2026, 11, 22)
POST = {"value": "post", "label": "郵送"}
COUNTER = {"value": "counter", "label": "窓口"}


def next_version(submission: Submission, *questions: dict[str, Any]) -> FormVersion:
    draft = submission.version.draft
    draft.edit(small(*questions), by=System())
    return draft.publish(by=System())


def messages(submission: Submission) -> list[tuple[str, str]]:
    return [(notice.message, notice.typed) for notice in submission.carryovers.unread()]


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
    assert submission.carry_to(new, by=Guest())
    assert not submission.carry_to(new, by=Guest())
    assert submission.answers_now() == {Spot("name_text"): "𠮷田"}
    assert set(messages(submission)) == {
        ("「設問count」の答え方が変わりました。もう一度入力してください。", "２"),
        ("「設問old」は不要になりました。書いた内容は送られません。", "消えない"),
        ("「設問way」の選択肢が変わりました。選び直してください。", "郵送"),
        ("「設問fresh」を新しくお聞きします。", ""),
    }
    assert Answer.objects.get(question="old").superseded_at is not None


@pytest.mark.django_db
def test_a_page_that_was_open_during_a_publication_loses_nothing() -> None:
    submission = begun(small(question("a"), question("b")))
    new = next_version(submission, question("a"), question("c", required="no"))
    submission.carry_to(new, by=System())
    typed = {"a": "一", "b": "二", "form__edition": "1"}
    Submission.objects.get().save_page("page", typed, by=Guest())
    assert submission.answers_now() == {Spot("a"): "一"}
    assert messages(submission) == [("「設問b」は不要になりました。書いた内容は送られません。", "二")]


@pytest.mark.django_db
def test_a_saver_who_read_the_draft_before_it_was_carried_saves_into_the_new_version() -> None:
    submission = begun(small(question("a")))
    late = Submission.objects.get()
    submission.carry_to(next_version(submission, question("a"), question("c")), by=System())
    problems = late.save_page("page", {"a": "一"}, by=Guest())
    assert [problem.question for problem in problems] == ["c"]


@pytest.mark.django_db
def test_a_sent_application_never_moves() -> None:
    submission = begun(small(question("a")))
    submission.save_page("page", {"a": "一"}, by=Guest())
    submission.submit(by=Guest())
    with pytest.raises(Closed):
        submission.carry_to(next_version(submission, question("b")), by=System())


@pytest.mark.django_db
def test_files_stay_with_a_question_that_stays() -> None:
    submission = begun(small(question("kept", "file"), question("gone", "file")))
    submission.attach("kept", photo("残る.png"), by=Guest())
    submission.attach("gone", photo("不要.png"), by=Guest())
    submission.carry_to(next_version(submission, question("kept", "file")), by=System())
    assert submission.answers_now() == {Spot("kept"): ["残る.png"]}
    assert messages(submission)[0][1] == "不要.png"


def test_a_diff_says_in_words_what_changes_for_whom() -> None:
    old = read_document(small(question("a"), question("w", "choice", options=[POST, COUNTER]), question("gone")))
    new = read_document(small(question("a", "number"), question("w", "choice", options=[COUNTER]), question("fresh")))
    found = {(item.question, item.touch): item.words for item in differences(old, new)}
    assert found == {
        ("gone", Touch.DROPPED): "設問をなくします。",
        ("a", Touch.ASKED_AGAIN): "種類を「短い文章」から「数」に変えます。",
        ("w", Touch.ASKED_AGAIN): "選択肢「郵送」をなくします(選んでいた人には聞き直します)。",
        ("fresh", Touch.ASKED): "設問を加えます(短い文章、必須)。",
    }
    assert differences(old, old) == []


KINDS = ["short_text", "long_text", "number", "date", "yes_no", "choice", "choices", "name", "address", "phone", "file"]
QUESTIONS = st.builds(
    lambda kind, required, values: {
        "kind": kind,
        "required": required,
        **({"options": [{"value": v, "label": v} for v in values]} if kind in {"choice", "choices"} else {}),
    },
    st.sampled_from(KINDS),
    st.sampled_from(["hard", "soft", "no"]),
    st.lists(st.sampled_from("abcd"), min_size=1, max_size=3, unique=True),
)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    asked = draw(st.dictionaries(st.sampled_from(["p", "q", "r", "s"]), QUESTIONS, min_size=1))
    data = small(*[question(identifier, **more) for identifier, more in asked.items()])
    if draw(st.booleans()):
        data["pages"][0]["groups"][0]["repeat"] = {"noun": "人", "least": draw(st.integers(0, 2)), "most": 5}
    return read_document(data)


@settings(max_examples=200, deadline=None)
@given(documents(), documents())
def test_no_answer_is_ever_lost_or_changed_silently(old: Document, new: Document) -> None:
    answers = filled(old, DAY)
    kept, notices = carried(old, new, answers, DAY)
    told = {notice.spot.question: notice for notice in notices if notice.typed}
    for spot, value in answers.items():
        stays = [other for place, other in kept.items() if place.question == spot.question]
        assert value in stays or spot.question in told
    for place, value in kept.items():
        assert any(
            value == answer or (isinstance(answer, list) and set(value) <= set(answer))
            for spot, answer in answers.items()
            if spot.question == place.question
        )
    again, quiet = carried(new, new, kept, DAY)
    assert again == kept
    assert [notice for notice in quiet if notice.typed] == []
