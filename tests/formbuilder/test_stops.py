"""Whoever a service is not for learns it early, and an answer outside its limits is said with its place."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests import cast
from tests.cast.formbuilder import question, small, version
from todoke.accounts.actors import Guest, System
from todoke.file_validation.content_types import NotAccepted
from todoke.formbuilder.answers.answer_places import AnswerKey
from todoke.formbuilder.answers.journey import Journey
from todoke.formbuilder.answers.page_form import form_for
from todoke.formbuilder.answers.sample_answers import sample_answers
from todoke.formbuilder.document.comparison import differences
from todoke.formbuilder.document.day_limits import limit_in_words, read_limit
from todoke.formbuilder.document.parser import read_document
from todoke.formbuilder.document.schema_reader import InvalidDefinition
from todoke.formbuilder.document.translations import translated
from todoke.formbuilder.models import FormDraft, Submission
from todoke.formbuilder.publication.manual import papers_of
from todoke.organization.models import Post

ON = date(2026, 11, 29)
HERE = question("here", "yes_no")
STOP: dict[str, Any] = {
    "id": "stop_1", "words": "市外の方は、お住まいの市で申し込んでください。", "link": "/procedures/",
    "when": {"op": "is", "question": "here", "value": "no"},
}  # fmt: skip


def journey(definition: dict[str, Any], *, staff: bool = False, **answers: Any) -> Journey:
    keys = {AnswerKey(*_place(name)): value for name, value in answers.items()}
    return Journey(read_document(definition), keys, ON, staff)


def _place(name: str) -> tuple[str, int]:
    stem, _, row = name.partition("__")
    return stem, int(row or 0)


def said(found: Journey) -> list[str]:
    return [problem.sentence for problem in found.problems() if not problem.warning]


def stopping(*questions: dict[str, Any], **stop: Any) -> dict[str, Any]:
    return {**small(HERE, *questions), "stops": [{**STOP, **stop}]}


def test_who_answers_that_the_service_is_not_for_them_is_stopped_and_led_on() -> None:
    found = journey(stopping(), here="no")
    [problem] = [problem for problem in found.problems() if problem.stops]
    assert (problem.message, problem.link, problem.warning) == (STOP["words"], "/procedures/", False)
    page = str(form_for(found.document.pages[0], found, problems=found.problems()))
    assert page.count(STOP["words"]) == 1
    assert 'href="/procedures/"' in page


@pytest.mark.parametrize("answers", [{}, {"here": "yes"}])
def test_nobody_is_stopped_before_the_question_was_answered_or_by_another_answer(answers: dict[str, Any]) -> None:
    elsewhere = {"op": "not", "of": [{"op": "is", "question": "here", "value": "yes"}]}
    assert not journey(stopping(when=elsewhere), **answers).stops()


def test_a_clerk_at_the_counter_is_told_and_can_go_on() -> None:
    assert [problem.warning for problem in journey(stopping(), staff=True, here="no").problems() if problem.stops] == [
        True
    ]


@pytest.mark.parametrize("link", ["javascript:x", "//example.com", "http://example.com", "procedures"])
def test_a_stop_leads_to_no_unsafe_address(link: str) -> None:
    with pytest.raises(InvalidDefinition):
        read_document(stopping(link=link))


def test_a_new_reason_to_stop_is_a_difference_that_the_second_person_reads() -> None:
    [change] = differences(read_document(small(HERE)), read_document(stopping()))
    assert "市外の方は" in change.words


def test_an_error_in_a_repeated_row_says_whose_it_is() -> None:
    definition = small()
    group = {
        "id": "child", "title": "", "repeat": {"noun": "お子さん"},
        "questions": [{"id": "grade", "kind": "number", "label": "学年", "high": 6}],
    }  # fmt: skip
    definition["pages"][0]["groups"] = [group]
    found = journey(definition, grade__1="3", grade__2="7")
    assert said(found) == ["2人目のお子さんの学年: 6以下の数を入力してください。"]


@pytest.mark.parametrize(
    ("limits", "day", "words"),
    [
        ({"earliest": "2026-12-01"}, "令和8年11月30日", "2026年12月1日(火)以後の日"),
        ({"latest": "2027-03-31"}, "令和9年4月1日", "2027年3月31日(水)以前の日"),
        ({"earliest": "+14"}, "令和8年12月12日", "2026年12月13日(日)以後の日"),
        ({"latest": "-30"}, "令和8年11月1日", "2026年10月30日(金)以前の日"),
    ],
)
def test_a_day_outside_the_limits_is_refused_with_the_limit(limits: dict[str, str], day: str, words: str) -> None:
    [sentence] = said(journey(small(question("day", "date", **limits)), day=day))
    assert words in sentence


def test_a_day_on_the_limit_is_taken() -> None:
    limits = {"earliest": "+0", "latest": "+0"}
    assert not said(journey(small(question("day", "date", **limits)), day="令和8年11月29日"))


@pytest.mark.parametrize(
    ("written", "stored"),
    [("令和9年4月1日", "2027-04-01"), ("14日後", "+14"), ("３０日前", "-30"), ("当日", "+0"), ("", "")],
)
def test_a_limit_is_written_in_words_and_shown_in_words_again(written: str, stored: str) -> None:
    assert read_limit(written) == stored
    assert read_limit(limit_in_words(stored)) == stored


@pytest.mark.parametrize("limit", ["2027-13-01", "14", "tomorrow", "+999999"])
def test_a_limit_that_is_no_day_is_not_published(limit: str) -> None:
    with pytest.raises(InvalidDefinition):
        read_document(small(question("day", "date", earliest=limit)))


def test_a_text_that_is_too_short_says_how_long_it_should_be() -> None:
    [sentence] = said(journey(small(question("why", "long_text", low=10)), why="はい"))
    assert "10文字以上で入力してください(いま2文字です)" in sentence


def test_sample_answers_keep_the_limits_of_their_questions() -> None:
    form = read_document(small(question("day", "date", earliest="+14"), question("why", "short_text", low=7, high=9)))
    assert not [p for p in Journey(form, sample_answers(form, ON), ON).problems() if not p.warning]


def test_what_the_form_asks_to_attach_is_among_the_papers_to_have_at_hand() -> None:
    when = {"op": "is", "question": "here", "value": "yes"}
    form = small(
        HERE,
        {**question("work", "file", when=when), "label": "就労証明書"},
        {**question("id", "file"), "label": "本人確認書類"},
    )
    listed = read_document({**form, "papers": [{"id": "p", "label": "本人確認書類"}]})
    assert [paper.label for paper in papers_of(listed)] == ["本人確認書類", "就労証明書"]
    assert "「設問here」が「はい」" in papers_of(listed)[1].case


@pytest.mark.parametrize(
    ("paper", "asked"), [("本人確認書類の写真", "本人確認書類(表面)"), ("就労証明書の写し", "就労証明書(PDF)")]
)
def test_one_paper_under_two_names_is_listed_once_in_every_language(paper: str, asked: str) -> None:
    form = {**small({**question("id", "file"), "label": asked}), "papers": [{"id": "p", "label": paper}]}
    japanese = read_document(
        {**form, "translations": {"en": {"paper.p.label": "Photo of ID", "question.id.label": "Front"}}}
    )
    assert [each.label for each in papers_of(translated(japanese, "en"), japanese)] == ["Photo of ID"]
    assert [each.label for each in papers_of(japanese)] == [paper]


@pytest.mark.django_db
def test_a_file_of_another_kind_or_too_large_is_refused_with_what_is_taken() -> None:
    frozen = version(small(question("photo", "file", accepts=["photo"], megabytes=1)))
    submission = Submission.start(version=frozen, by=Guest())
    pdf = SimpleUploadedFile("a.pdf", b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF")
    with pytest.raises(NotAccepted, match=r"写真.*を選んでください"):
        submission.attach("photo", pdf, by=Guest())
    with pytest.raises(NotAccepted, match="1MB以下"):
        submission.attach("photo", SimpleUploadedFile("b.jpg", b"x" * 1_100_000), by=Guest())


@pytest.mark.django_db
def test_a_designer_says_on_which_answer_the_form_stops() -> None:
    FormDraft.begin("small", small(HERE), by=System())
    designer: Client = cast.signed_in(cast.staff("設計 太郎", "designer@example.lg.jp", Post.Role.DESIGNER))
    given = {"words": STOP["words"], "link": "", "when_word_0": "is"}
    address = reverse("studio:form-stop-edition", args=["small"])
    assert "どの答えのときに止まるかを選んでください" in designer.post(address, given).content.decode()
    page = designer.post(address, {**given, "when_question_0": "here=no"}, follow=True).content.decode()
    assert "「設問here」が「いいえ」であるとき止まります。" in page
    [stop] = FormDraft.objects.get().parsed.stops
    designer.post(reverse("studio:form-stop-removal", args=["small"]), {"stop": stop.id})
    assert not FormDraft.objects.get().parsed.stops
    designer.post(reverse("studio:form-undo", args=["small"]))
    assert FormDraft.objects.get().parsed.stops == (stop,)
