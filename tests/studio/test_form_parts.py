from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.cast import clerk, staff
from tests.cast.formbuilder import question, reviewed, small, version
from tests.cast.procedures import procedure
from todoke.accounts.actors import System
from todoke.formbuilder.document.form_templates import codes, create_draft
from todoke.formbuilder.document.parser import read_document
from todoke.formbuilder.models import FormDraft, FormVersion, PaperReading, PublicationSchedule
from todoke.organization.models import Post
from todoke.studio.form_editor import page_preview

pytestmark = pytest.mark.django_db


@pytest.fixture
def designer(client: Client) -> Client:
    client.force_login(staff("設計 太郎", "designer@example.lg.jp", Post.Role.DESIGNER))
    return client


def draft(*questions: dict[str, Any]) -> FormDraft:
    return version(small(*questions)).draft


def press(client: Client, name: str, *where: str, **data: Any) -> Any:
    return client.post(reverse(f"studio:{name}", args=where), data)


def test_a_clerk_without_the_post_does_not_come_in(client: Client) -> None:
    client.force_login(clerk())
    assert client.get(reverse("studio:forms")).status_code == 403


def test_a_designer_builds_a_form_without_code(designer: Client) -> None:
    press(designer, "form-addition", title="住民異動届", code="moving", start="")
    made = FormDraft.objects.get(code="moving")
    page, group = made.document["pages"][0]["id"], made.document["pages"][0]["groups"][0]["id"]
    press(designer, "part-addition", "moving", page, what="page", label="家族")
    press(designer, "part-addition", "moving", group, what="question", kind="choice", label="届出の種類")
    made.refresh_from_db()
    kind = made.document["pages"][0]["groups"][0]["questions"][1]["id"]
    edit = {"label": "届出の種類", "kind": "choice", "required": "hard", "options": "転入\n転出"}
    press(designer, "part-edition", "moving", kind, **edit)
    family = made.document["pages"][1]["id"]
    inner = made.document["pages"][1]["groups"][0]["id"]
    press(designer, "question-lines", "moving", inner, lines="異動する人の氏名")
    condition = {"when_question_0": kind, "when_word_0": "is", "when_value_0": "転入"}
    press(designer, "part-edition", "moving", family, title="家族", lead="", **condition)
    made.refresh_from_db()
    page_made = made.parsed.page(family)
    assert page_made.when
    assert made.parsed.condition_sentence(page_made.when) == "「届出の種類」が「転入」であるとき"
    reviewed(made)
    press(designer, "publication-version", "moving", note="はじめ")
    assert FormVersion.objects.filter(draft=made).count() == 1


def test_a_name_asks_for_an_alternative_spelling_by_a_tick(designer: Client) -> None:
    made = draft(question("who", "name"), question("a"))
    address = reverse("studio:form-page", args=[made.code, "page"])
    assert "代替表記も聞く" in designer.get(f"{address}?part=who").content.decode()
    assert "代替表記も聞く" not in designer.get(f"{address}?part=a").content.decode()
    press(designer, "part-edition", made.code, "who", label="氏名", kind="name", required="hard", alternative="on")
    made.refresh_from_db()
    assert made.parsed.question("who").alternative
    press(
        designer, "part-edition", made.code, "who", label="氏名", kind="short_text", required="hard", alternative="on"
    )
    made.refresh_from_db()
    assert not made.parsed.question("who").alternative


def test_a_repeating_group_is_made_by_naming_what_repeats(designer: Client) -> None:
    made = draft(question("a"))
    press(designer, "part-edition", "small", "group", title="家族", lead="", noun="家族", least=1, most=8)
    made.refresh_from_db()
    repeat = made.parsed.group("group").repeat
    assert repeat
    assert (repeat.noun, repeat.most) == ("家族", 8)


def test_options_keep_their_stored_values_when_their_words_change(designer: Client) -> None:
    options = [{"value": "in", "label": "転入"}, {"value": "out", "label": "転出"}]
    made = draft(question("a", "choice", options=options))
    edit = {"label": "a", "kind": "choice", "required": "no", "options": "転入の届\n転出\n"}
    press(designer, "part-edition", "small", "a", **edit)
    made.refresh_from_db()
    assert [(option.value, option.label) for option in made.parsed.question("a").options] == [
        ("in", "転入の届"),
        ("out", "転出"),
    ]


def test_parts_move_and_go(designer: Client) -> None:
    made = draft(question("a"), question("b"))
    press(designer, "part-move", "small", "b", to="up")
    made.refresh_from_db()
    assert list(made.parsed.by_id) == ["b", "a"]
    press(designer, "part-removal", "small", "a")
    made.refresh_from_db()
    assert list(made.parsed.by_id) == ["b"]
    press(designer, "part-removal", "small", "b")
    made.refresh_from_db()
    assert list(made.parsed.by_id) == []
    press(designer, "part-removal", "small", "page")
    made.refresh_from_db()
    assert [page.id for page in made.parsed.pages] == ["page"]


@pytest.mark.parametrize("revision", ["0", "x"])
def test_the_second_of_two_designers_loses_nothing_silently(designer: Client, revision: str) -> None:
    made = draft(question("a"))
    made.edit(small(question("a", help="先に保存")), by=System())
    answer = press(
        designer, "part-edition", "small", "a", revision=revision, label="あと", kind="short_text", required="no"
    )
    assert answer.status_code == 422
    assert "先に保存しました" in answer.content.decode()
    made.refresh_from_db()
    assert made.document["pages"][0]["groups"][0]["questions"][0]["help"] == "先に保存"


def test_markup_in_a_label_is_refused_with_its_place(designer: Client) -> None:
    draft(question("a"))
    edit = {"label": "<script>alert(1)</script>", "kind": "short_text", "required": "no"}
    answer = press(designer, "part-edition", "small", "a", **edit).content.decode()
    assert "questions[0].label" in answer
    assert "<script>alert(1)</script>" not in answer


def test_a_designer_writes_a_calculation_in_japanese(designer: Client) -> None:
    made = draft(question("copies", "number"))
    page = press(designer, "part-addition", "small", "group", what="question", kind="calculated", label="手数料")
    part = page.url.partition("part=")[2].partition("#")[0]
    edit = {"label": "手数料", "kind": "calculated", "formula": "「設問copies」×３００", "unit": "円"}
    assert press(designer, "part-edition", "small", part, **edit).status_code == 302
    made.refresh_from_db()
    formula = made.parsed.question(part).formula
    assert formula
    assert made.parsed.formula_sentence(formula) == "「設問copies」×300"
    assert "「設問copies」×300" in designer.get(reverse("studio:form", args=["small"])).content.decode()
    wrong = press(designer, "part-edition", "small", part, **{**edit, "formula": "「ない設問」×2"})
    assert wrong.status_code == 422
    assert "計算式として読めません" in wrong.content.decode()


def test_papers_are_listed_with_the_case_in_which_they_are_needed(designer: Client) -> None:
    options = [{"value": "in", "label": "転入"}, {"value": "out", "label": "転出"}]
    made = draft(question("a", "choice", options=options))
    press(designer, "form-paper-addition", "small", label="転出証明書")
    made.refresh_from_db()
    paper = made.document["papers"][0]["id"]
    case = {"when_question_0": "a", "when_word_0": "is", "when_value_0": "転入"}
    press(designer, "form-paper-edition", "small", paper, label="転出証明書", note="前の市区町村のもの", **case)
    page = designer.get(reverse("studio:form-papers", args=["small"])).content.decode()
    assert "「設問a」が「転入」であるときだけ必要です" in page
    assert designer.get(reverse("studio:form-papers", args=["small"]), {"paper": "nothing"}).status_code == 404
    press(designer, "form-paper-removal", "small", paper)
    made.refresh_from_db()
    assert "papers" not in made.document


def test_manuals_are_written_from_the_form(designer: Client) -> None:
    create_draft("child-allowance", by=System())
    page = designer.get(reverse("studio:form-manual", args=["child-allowance"])).content.decode()
    assert "児童手当 認定請求は、来庁しなくてもできます" in page
    assert "別居監護申立書(「一緒に住んでいますか」が「いいえ」であるときだけ)" in page
    assert "名義が申請者本人か" in page
    assert "計算のしかた: 「お子さん」の数" in page


def test_the_preview_shows_an_edit_before_it_is_saved(designer: Client) -> None:
    made = draft(question("a"))
    answer = press(designer, "part-preview", "small", "a", label="新しい文", kind="date", required="hard")
    assert "新しい文" in answer.content.decode()
    assert "元号" in answer.content.decode()
    made.refresh_from_db()
    assert made.revision == 0


def test_a_plan_to_publish_is_made_and_taken_back(designer: Client) -> None:
    reviewed(draft(question("a")))
    press(designer, "publication-plan", "small", day="2027-04-01", time="00:00", note="条例の改正")
    plan = PublicationSchedule.objects.get()
    assert (plan.status, f"{plan.publish_at:%Y-%m-%d %H:%M}") == ("waiting", "2027-03-31 15:00")
    press(designer, "publication-cancellation", "small")
    plan.refresh_from_db()
    assert plan.status == "cancelled"


def test_the_publication_page_says_what_changes_for_whom(designer: Client) -> None:
    made = draft(question("a"))
    made.edit(small(question("a", required="no"), question("fresh")), by=System())
    page = designer.get(reverse("studio:publication", args=["small"])).content.decode()
    assert "記入中の人に新しく聞きます" in page


def test_every_page_of_the_studio_opens_in_a_constant_number_of_queries(
    designer: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for code in codes():
        create_draft(code, by=System())
    for name in ("home", "forms", "form-library"):
        with django_assert_max_num_queries(10):
            assert designer.get(reverse(f"studio:{name}")).status_code == 200
    for name in ("form", "form-whole", "form-paper", "publication", "trial", "form-file"):
        with django_assert_max_num_queries(14):
            assert designer.get(reverse(f"studio:{name}", args=["dog-registration"])).status_code == 200


def test_a_paper_form_becomes_a_draft_that_says_what_was_left_out(designer: Client) -> None:
    path = Path(__file__).resolve().parents[2] / "benchmarks" / "forms" / "07-kaigo.xlsx"
    with path.open("rb") as file:
        answer = designer.post(reverse("studio:form-reading"), {"sheet": file, "sheet_code": "kaigo"}, follow=True)
    page = answer.content.decode()
    assert "設問を10件読み取り、様式案を作りました" in page
    assert FormDraft.objects.get(code="kaigo").parsed.by_id
    reading = PaperReading.objects.get(draft__code="kaigo")
    assert reading.left
    assert all(one["text"] in unescape(page) and one["reason"] in unescape(page) for one in reading.left)
    assert reverse("studio:form-paper-reading", args=["kaigo"]) in designer.get("/studio/forms/kaigo/").content.decode()
    with pytest.raises(TypeError, match="書き換えられません"):
        reading.save()


def test_a_procedure_of_the_inventory_becomes_a_draft_in_one_press(designer: Client) -> None:
    number = procedure("道路の占用の許可").number
    answer = press(designer, "form-survey", number=number.replace("-", "－"), survey_code="road")
    assert answer["Location"] == reverse("studio:form", args=["road"])
    assert FormDraft.objects.get(code="road").title == "道路の占用の許可"
    assert press(designer, "form-survey", number="P-999999", survey_code="other").status_code == 422


def test_a_day_of_a_condition_is_written_and_shown_in_its_era(designer: Client) -> None:
    made = draft(question("moved", "date"), question("why"))
    later = {"label": "遅れた理由", "kind": "short_text", "required": "hard", "when_question_0": "moved"}
    wrong = press(designer, "part-edition", made.code, "why", **later, when_word_0="before", when_value_0="あした")
    assert "日付を、令和8年4月1日 か 2026年4月1日 のように書いてください。" in wrong.content.decode()
    press(designer, "part-edition", made.code, "why", **later, when_word_0="before", when_value_0="令和8年4月1日")
    made.refresh_from_db()
    assert made.parsed.question("why").when
    page = designer.get(f"{reverse('studio:form-page', args=[made.code, 'page'])}?part=why").content.decode()
    assert 'value="令和8年4月1日"' in page
    assert "2026-04-01" not in page


def test_the_preview_says_when_a_question_is_shown() -> None:
    when = {"op": "is", "question": "here", "value": "yes"}
    form = read_document(small({**question("here", "yes_no"), "label": "来ますか"}, question("a", when=when)))
    shown = page_preview(form, form.pages[0])
    assert "「来ますか」が「はい」であるときだけ出ます" in str(shown.fields["a"].help_text)
    assert "だけ出ます" not in str(shown.fields["here"].help_text)
