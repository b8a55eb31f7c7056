"""What a designer deletes is asked about before, and every act on a draft can be taken back."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests import cast
from tests.cast.formbuilder import question, small
from todoke.accounts.actors import System
from todoke.formbuilder.document.form_templates import create_draft
from todoke.formbuilder.models import FormDraft
from todoke.organization.models import Post

pytestmark = pytest.mark.django_db


@pytest.fixture
def designer() -> Client:
    return cast.signed_in(cast.staff("設計 太郎", "designer@example.lg.jp", Post.Role.DESIGNER))


@pytest.fixture
def form() -> FormDraft:
    when = {"op": "is", "question": "a", "value": "x"}
    return FormDraft.begin("small", small(question("a"), question("b", when=when)), by=System())


def look(client: Client, name: str, *arguments: str, **query: str) -> str:
    return client.get(reverse(f"studio:{name}", args=["small", *arguments]), query).content.decode()


def press(client: Client, name: str, *arguments: str, **data: Any) -> str:
    return client.post(reverse(f"studio:{name}", args=["small", *arguments]), data, follow=True).content.decode()


def labels(form: FormDraft) -> list[str]:
    form.refresh_from_db()
    return [one["label"] for page in form.document["pages"] for group in page["groups"] for one in group["questions"]]


def test_deleting_asks_first_and_counts_what_goes_and_who_looks_at_it(designer: Client, form: FormDraft) -> None:
    here = labels(form)
    page = look(designer, "part-deletion", "a")
    assert "<dd>1件: " in page
    assert "ほかの1か所が、無くなる設問を使っています" in page
    assert labels(form) == here
    whole = look(designer, "part-deletion", str(form.document["pages"][0]["id"]))
    assert "<dd>2件: " in whole
    assert "無くなる設問を使っています" not in whole


def test_what_was_deleted_comes_back_with_one_press_and_acts_go_back_one_by_one(
    designer: Client, form: FormDraft
) -> None:
    here = labels(form)
    press(designer, "part-removal", "b")
    said = press(designer, "part-removal", "a")
    assert labels(form) != here
    assert "元に戻す" in said
    press(designer, "form-undo")
    press(designer, "form-undo")
    assert labels(form) == here
    assert "元に戻せる変更はありません" in press(designer, "form-undo")
    assert look(designer, "form-history").count("取り消しました") == 2


def test_an_undo_after_somebody_else_saved_takes_nothing_of_theirs_back(designer: Client, form: FormDraft) -> None:
    press(designer, "part-removal", "b")
    seen = str(FormDraft.objects.get().revision)
    press(designer, "question-lines", form.document["pages"][0]["groups"][0]["id"], lines="電話番号")
    assert "先に保存しました" in press(designer, "form-undo", revision=seen)
    assert "電話番号" in labels(form)


def test_a_new_page_and_a_new_group_begin_empty_and_cannot_be_published_so(designer: Client, form: FormDraft) -> None:
    first = form.document["pages"][0]["id"]
    press(designer, "part-addition", first, what="page", label="お子さん", noun="お子さん")
    form.refresh_from_db()
    group = form.document["pages"][1]["groups"][0]
    assert (group["questions"], group["repeat"]["noun"]) == ([], "お子さん")
    assert "設問がありません。設問を加えるか、消してください。" in look(designer, "publication")


def test_questions_of_ones_own_forms_and_of_templates_are_found_and_copied(designer: Client, form: FormDraft) -> None:
    create_draft("child-allowance", by=System())
    group = form.document["pages"][0]["groups"][0]["id"]
    page = look(designer, "question-bank", group, q="振込先")
    assert "児童手当" in page
    assert "当てはまる設問はありません" in look(designer, "question-bank", group, q="ロケットの燃料")
    source = {"source": "template:dog-registration", "question": "dog_name"}
    press(designer, "question-copy", group, **source)
    press(designer, "question-copy", group, **source)
    assert labels(form)[-2:] == ["犬の名前", "犬の名前"]


def test_a_question_copied_from_a_form_that_is_gone_is_refused(designer: Client, form: FormDraft) -> None:
    group = form.document["pages"][0]["groups"][0]["id"]
    assert "もう一度さがしてください" in press(designer, "question-copy", group, source="own:gone", question="a")


def test_the_answer_of_a_condition_is_chosen_with_its_question(designer: Client, form: FormDraft) -> None:
    group = form.document["pages"][0]["groups"][0]["id"]
    press(designer, "question-lines", group, lines="延長を使いますか\n延長の理由")
    form.refresh_from_db()
    asked, reason = form.document["pages"][0]["groups"][0]["questions"][-2:]
    given = {"label": "延長の理由", "kind": "long_text", "required": "hard", "when_word_0": "is"}
    press(designer, "part-edition", reason["id"], **given, when_question_0=f"{asked['id']}=yes")
    form.refresh_from_db()
    when = form.document["pages"][0]["groups"][0]["questions"][-1]["when"]
    assert when == {"op": "is", "question": asked["id"], "value": "yes"}
    page = designer.get(reverse("studio:form-page", args=["small", "page"]), {"part": reason["id"]}).content.decode()
    assert f'value="{asked["id"]}=yes" selected' in page


def test_a_designer_searches_the_templates_and_starts_from_a_form_of_her_own(designer: Client, form: FormDraft) -> None:
    address = reverse("studio:form-library")
    found = designer.get(address, {"q": "犬"}).content.decode()
    assert "犬の登録" in found
    assert 'このひな形で作る<span class="visually-hidden">(児童手当' not in found
    designer.post(reverse("studio:form-addition"), {"title": "写した様式", "start": "own:small"})
    copied = FormDraft.objects.get(title="写した様式")
    assert copied.document["pages"] == form.document["pages"]
    assert copied.code != form.code
