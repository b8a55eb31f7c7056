"""A designer brings a form of another service, corrects what its columns mean, and makes a draft of it."""

import re
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.cast import clerk, staff
from tests.cast.form_definitions import ANSWERS, LOGO_LIKE
from todoke.audit.models import Entry
from todoke.formbuilder.models import FormDraft, PaperReading
from todoke.organization.models import Post

pytestmark = pytest.mark.django_db


@pytest.fixture
def designer(client: Client) -> Client:
    client.force_login(staff("設計 太郎", "designer@example.lg.jp", Post.Role.DESIGNER))
    return client


def brought(by: Client, content: bytes, holds: str = "questions", name: str = "市民講座.csv") -> Any:
    return by.post(reverse("studio:form-definition"), {"file": SimpleUploadedFile(name, content), "holds": holds})


def chosen(page: Any, **changes: str) -> dict[str, str]:
    """What the form of a page would send, with some of it changed."""
    form = page.context["form"]
    sent = {name: str(form[name].value() or "") for name in form.fields}
    return {**sent, "table": page.context["table"], **changes}


def text_of(page: Any) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", page.content.decode()))


def test_a_form_is_tried_and_nothing_is_made_before_the_designer_says_so(designer: Client) -> None:
    page = brought(designer, LOGO_LIKE.encode("cp932"))
    assert page.status_code == 200
    assert "設問になるもの(7件)" in text_of(page)
    assert page.context["form"]["title"].value() == "市民講座"
    assert not FormDraft.objects.exists()
    answer = designer.post(reverse("studio:form-definition-addition"), chosen(page, code="koza"), follow=True)
    draft = FormDraft.objects.get(code="koza")
    assert (draft.title, len(draft.parsed.by_id)) == ("市民講座", 7)
    assert "項目番号" in text_of(answer)
    reading = PaperReading.objects.get()
    assert (len(reading.asked), {one["text"] for one in reading.left} >= {"条件分岐", "マイナンバー", "参加費"}) == (
        7,
        True,
    )
    assert Entry.objects.filter(act="ほかのサービスの様式の取込").count() == 1


def test_the_designer_says_what_a_column_and_a_word_mean_and_tries_again(designer: Client) -> None:
    page = brought(designer, LOGO_LIKE.encode())
    word = next(name for name, (word, _) in page.context["form"].words.items() if word == "地図ウィジェット")
    tried = designer.post(reverse("studio:form-definition-trial"), chosen(page, **{word: "=none", "column-4": ""}))
    assert "そのままでは取り込まないもの" in text_of(tried)
    left = {one["text"] for one in tried.context["shown"]["left"]}
    assert "項目タイプ" in left
    again = designer.post(reverse("studio:form-definition-trial"), chosen(page, **{word: "=none"}))
    assert "会場の地図" in {one["text"] for one in again.context["shown"]["left"]}
    assert len(again.context["shown"]["questions"]) == 6
    assert not FormDraft.objects.exists()


def test_without_a_column_of_questions_it_is_said_and_the_choices_stay(designer: Client) -> None:
    page = brought(designer, "甲,乙\nあ,い\n".encode())
    assert page.status_code == 422
    assert "「設問」を選んでください" in text_of(page)
    mended = designer.post(reverse("studio:form-definition-trial"), chosen(page, **{"column-1": "label"}))
    assert [one["label"] for one in mended.context["shown"]["questions"]] == ["あ"]
    twice = designer.post(reverse("studio:form-definition-trial"), chosen(mended, **{"column-2": "label"}))
    assert "「設問」を選んだ列が二つあります" in text_of(twice)


def test_a_table_of_answers_gives_its_questions_and_none_of_its_answers(designer: Client) -> None:
    page = brought(designer, ANSWERS.encode(), "answers")
    designer.post(reverse("studio:form-definition-addition"), chosen(page, code="koza"))
    assert [q.label for _, _, q in FormDraft.objects.get(code="koza").parsed.by_id.values()] == [
        "お名前", "希望する講座", "ご意見",
    ]  # fmt: skip
    assert "甲山" not in str(FormDraft.objects.get(code="koza").document)


def test_what_cannot_be_read_is_said_beside_the_file(designer: Client) -> None:
    page = brought(designer, b"{")
    assert (page.status_code, "JSON として読めません" in text_of(page)) == (422, True)
    assert brought(designer, b"").status_code == 422


def test_a_page_that_is_not_ours_leads_back(designer: Client) -> None:
    for act in ("trial", "addition"):
        answer = designer.post(reverse(f"studio:form-definition-{act}"), {"table": "x", "title": "y"}, follow=True)
        assert "もう一度ファイルを選んでください" in text_of(answer)
    assert not FormDraft.objects.exists()


def test_a_name_that_is_taken_is_said_and_nothing_is_lost(designer: Client) -> None:
    page = brought(designer, LOGO_LIKE.encode())
    for _ in range(2):
        answer = designer.post(reverse("studio:form-definition-addition"), chosen(page, code="koza"))
    assert (answer.status_code, "もうあります" in text_of(answer)) == (422, True)
    assert FormDraft.objects.count() == 1
    designer.post(reverse("studio:form-definition-addition"), chosen(answer, code="definition"))
    assert FormDraft.objects.count() == 1


def test_a_clerk_without_the_post_brings_no_form(client: Client) -> None:
    client.force_login(clerk())
    assert brought(client, LOGO_LIKE.encode()).status_code == 403


def test_a_long_form_costs_as_many_queries_as_a_short_one(
    designer: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    page = brought(designer, b"label\na\n")
    rows = "label\n" + "".join(f"question {n}\n" for n in range(120))
    with CaptureQueriesContext(connection) as short:
        designer.post(reverse("studio:form-definition-trial"), chosen(page))
        asked = len(short)
    long = brought(designer, rows.encode())
    with django_assert_num_queries(asked):
        assert designer.post(reverse("studio:form-definition-trial"), chosen(long)).status_code == 200
