import re

import pytest
from django.test import Client
from django.utils import translation

from tests.cast.formbuilder import question, small
from tests.cast.portal import service
from todoke.formbuilder.answers.journey import Journey
from todoke.formbuilder.document.conditions import Condition
from todoke.formbuilder.document.form_templates import definition
from todoke.formbuilder.document.parser import read_document
from todoke.formbuilder.document.phrases import phrase
from todoke.formbuilder.document.schema_reader import InvalidDefinition
from todoke.formbuilder.document.translations import LANGUAGES, kept_translations, missing_texts, texts_of, translated
from todoke.japanese.calendar import today

WAYS = [{"value": "post", "label": "郵送"}]
WORDS = {"title": "Small form", "question.a.label": "How", "option.a.post": "By post"}


def test_a_form_reads_in_another_language_and_falls_back_to_japanese() -> None:
    document = read_document({**small(question("a", "choice", options=WAYS)), "translations": {"en": WORDS}})
    english = translated(document, "en")
    assert (english.title, english.question("a").label, english.pages[0].title) == ("Small form", "How", "ページ")
    assert english.question("a").option_label("post") == "By post"
    assert translated(document, "ja") is document
    assert [text.key for text in missing_texts(document, "en")] == ["page.page.title"]
    shared = [text.key for text in texts_of(document) if text not in missing_texts(document, "ja-easy")]
    assert shared == ["option.a.post"]


@pytest.mark.parametrize("code", ["dog-registration", "residence-certificate", "child-allowance"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_services_of_the_demo_are_translated_to_the_last_text(code: str, language: str) -> None:
    assert missing_texts(read_document(definition(code)), language) == []


def test_a_text_that_changed_loses_its_translation() -> None:
    before = read_document({**small(question("a")), "translations": {"en": {"question.a.label": "How", "title": "T"}}})
    after = read_document({**small(question("a", label="別")), "translations": dict(before.translations)})
    assert kept_translations(before, after) == {"en": {"title": "T"}}


@pytest.mark.parametrize(
    ("translations", "place"),
    [
        ({"no language": {}}, "translations.no language"),
        ({"en": {"__class__": "x"}}, "translations.en.__class__"),
        ({"en": {"title": "<script>"}}, "translations.en.title"),
        ({"en": {"title": 1}}, "translations.en.title"),
    ],
)
def test_a_hostile_translation_is_refused_with_its_place(translations: object, place: str) -> None:
    with pytest.raises(InvalidDefinition) as caught:
        read_document({**small(), "translations": translations})
    assert caught.value.place == place


def test_problems_are_told_in_the_language_of_the_page() -> None:
    document = read_document({**small(question("a")), "translations": {"en": {"question.a.label": "Your colour"}}})
    with translation.override("en"):
        problem = Journey(translated(document, "en"), {}, today()).problems()[0]
    assert problem.message == "Enter: “Your colour”."


@pytest.mark.django_db
def test_a_resident_reads_the_form_in_the_chosen_language(client: Client) -> None:
    service("dog-registration")
    client.cookies["django_language"] = "en"
    assert "Dog registration" in client.get("/procedures/P-000001/").content.decode()
    page = client.post("/procedures/P-000001/application/", follow=True)
    shown = page.content.decode()
    assert "Name of the owner" in shown
    assert "Postal code" in shown
    answer = client.post(page.request["PATH_INFO"] + "answers/", {"next": "1"}).content.decode()
    assert "Choose an answer: “Is the dog kept at the owner" in answer.replace("&#x27;", "'")
    client.cookies["django_language"] = "ja-easy"
    easy = client.get(page.request["PATH_INFO"]).content.decode()
    assert "<rt>" in easy
    assert "飼う 人の 名前" in re.sub(r"<rt>.*?</rt>|</?ruby>", "", easy)


def test_what_only_staff_read_needs_no_translation() -> None:
    document = read_document(small(question("a"), question("b", required="staff", help="職員への説明")))
    assert {text.key for text in texts_of(document)} >= {"question.a.label"}
    assert not any(text.key.startswith("question.b") for text in texts_of(document))


def test_what_many_forms_share_is_known_in_every_language() -> None:
    own = read_document(
        {
            **small(question("a", label="メールアドレス"), question("b", label="お子さんの氏名")),
            "translations": {"en": {"question.b.label": "Kid"}},
        }
    )
    assert [translated(own, "en").question(one).label for one in "ab"] == ["E-mail address", "Kid"]
    assert translated(own, "ja-easy").question("b").label == "子どもの 名前"


def test_an_example_is_translated_with_its_question() -> None:
    named = read_document(
        {**small(question("a", example="柴犬")), "translations": {"en": {"question.a.example": "Shiba"}}}
    )
    assert translated(named, "en").question("a").example == "Shiba"
    assert "question.a.example" in [text.key for text in texts_of(named)]


@pytest.mark.parametrize("language", ["en", "ja-easy"])
def test_facts_of_the_platform_speak_the_language_of_the_page(language: str) -> None:
    form = read_document(small(question("a")))
    asked = Condition("not", of=(Condition("one_of", "fact_agent", ("legal", "mandate")),))
    with translation.override(language):
        said = form.condition_sentence(asked)
    assert (
        said
        == {
            "en": "If “Who applies” is neither “Legal representative” nor “Agent with a mandate”",
            "ja-easy": "「申請する 人の 立場」が「法律で 決まった 代わりの 人」か「本人に 頼まれた 人」でないとき",
        }[language]
    )


def test_a_text_of_known_parts_is_translated_part_by_part() -> None:
    with translation.override("en"):
        assert phrase("窓口、郵送") == "At the counter, By post"
        assert phrase("窓口、ほかの所") == "窓口、ほかの所"
    with translation.override("ja"):
        assert phrase("窓口、郵送") == "窓口、郵送"
