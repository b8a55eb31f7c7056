"""A language model may order the office's own answers and draft for staff; it never speaks to residents."""

import pytest
from django.test import Client, override_settings

from tests import cast
from tests.cast.guidance import published, writer
from tests.cast.language_model import language_model as model_that_says
from todoke.accounts.actors import System
from todoke.guidance.faqs import faq_search
from todoke.guidance.faqs.language_model import DRAFTED, CityModel, Unhelpful, language_model
from todoke.guidance.models import ContentGap, FaqDraft
from todoke.runtime.refusals import Refused

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _answers() -> None:
    by, other = writer(), cast.clerk()
    published("犬を飼い始めたら?", "犬の登録をします。", by=by, checked_by=other)
    published("犬が死んだら?", "届け出てください。", by=by, checked_by=other)


def shown(question: str = "犬を飼い始めました") -> list[str]:
    return [each.version.question for each in faq_search.answer(question).found]


def test_without_an_address_there_is_none() -> None:
    assert language_model() is None
    assert shown() == ["犬を飼い始めたら?", "犬が死んだら?"]


def test_the_same_candidates_stand_in_the_order_of_the_model() -> None:
    with model_that_says("[1, 0]"):
        assert shown() == ["犬が死んだら?", "犬を飼い始めたら?"]


@pytest.mark.parametrize(
    "words", ["", "[0]", "[0, 0]", "[0, 1, 2]", "[true, false]", '{"0": 1}', "登録は不要です。", "[" * 9000]
)
def test_anything_but_an_order_of_the_same_candidates_changes_nothing_and_is_never_shown(
    client: Client, words: str
) -> None:
    with model_that_says(words):
        assert shown() == ["犬を飼い始めたら?", "犬が死んだら?"]
        page = client.post("/questions/answer/", {"words": "犬を飼い始めました"}, follow=True).content.decode()
    assert "登録は不要です" not in page


def test_the_model_is_asked_with_masked_words_only() -> None:
    with model_that_says("[0, 1]") as asked:
        shown("犬 090-1234-5678 123456789018")
    assert len(asked) == 1
    assert "1234" not in asked[0]


@override_settings(LANGUAGE_MODEL_URL="http://127.0.0.1:9")
def test_a_model_that_does_not_answer_delays_nobody_for_good() -> None:
    assert shown() == ["犬を飼い始めたら?", "犬が死んだら?"]


@pytest.mark.parametrize(
    "url", ["http://8.8.8.8", "ftp://127.0.0.1", "file:///etc/passwd", "http://", "http://1.1.1.1:80"]
)
def test_an_address_outside_the_house_is_never_asked(url: str) -> None:
    with pytest.raises(Unhelpful):
        CityModel(url, "m").say("x")


def test_a_draft_is_marked_and_not_published_as_it_is(client: Client) -> None:
    gap = ContentGap.report("犬の保険", department=cast.department(), by=System())
    assert gap is not None
    client.force_login(cast.staff("検 査", "check@example.lg.jp"))
    with model_that_says("保険の案内です。"):
        client.post(f"/office/gaps/{gap.pk}/draft/", {"department": "1010", "review_on": "2099-04-01"})
    draft = FaqDraft.objects.get()
    assert draft.answer == f"{DRAFTED}\n保険の案内です。"
    with pytest.raises(Refused, match="機械の下書き"):
        draft.publish(by=cast.chief(), seen=draft.revision)
