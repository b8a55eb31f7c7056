import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import staff
from tests.cast.formbuilder import question, small, version
from todoke.formbuilder.models import FormDraft
from todoke.organization.models import Post

pytestmark = pytest.mark.django_db
ENGLISH = ["small", "en"]


@pytest.fixture
def designer(client: Client) -> Client:
    client.force_login(staff("設計 太郎", "designer@example.lg.jp", Post.Role.DESIGNER))
    version(small(question("a")))
    return client


def test_a_designer_sees_what_is_not_translated_and_translates_it(designer: Client) -> None:
    page = designer.get(reverse("studio:form", args=["small"])).content.decode()
    assert "訳なし 3" in page
    words = {"title": "Small form", "page.page.title": "Page", "question.a.label": "Question"}
    designer.post(reverse("studio:form-language-edition", args=ENGLISH), words)
    assert FormDraft.objects.get().document["translations"] == {"en": words}
    assert "すべての文に訳があります" in designer.get(reverse("studio:form-language", args=ENGLISH)).content.decode()


def test_a_new_wording_asks_for_a_new_translation(designer: Client) -> None:
    designer.post(reverse("studio:form-language-edition", args=ENGLISH), {"title": "T", "question.a.label": "Q"})
    edit = {"label": "別の聞き方", "kind": "short_text", "required": "hard"}
    designer.post(reverse("studio:part-edition", args=["small", "a"]), edit)
    assert FormDraft.objects.get().document["translations"] == {"en": {"title": "T"}}


def test_markup_in_a_translation_is_refused_and_what_was_typed_stays(designer: Client) -> None:
    answer = designer.post(reverse("studio:form-language-edition", args=ENGLISH), {"title": "<b>Form</b>"})
    assert answer.status_code == 422
    assert "&lt;b&gt;Form&lt;/b&gt;" in answer.content.decode()
    assert "translations" not in FormDraft.objects.get().document


def test_an_unknown_language_is_not_there(designer: Client) -> None:
    assert designer.get(reverse("studio:form-language", args=["small", "fr"])).status_code == 404


def test_a_designer_reads_the_translation_that_many_forms_share(designer: Client) -> None:
    edit = {"label": "メールアドレス", "kind": "short_text", "required": "hard"}
    designer.post(reverse("studio:part-edition", args=["small", "a"]), edit)
    page = designer.get(reverse("studio:form-language", args=ENGLISH)).content.decode()
    assert "共通の訳「E-mail address」が出ます" in page
