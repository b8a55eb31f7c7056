import pytest

from tests.cast.formbuilder import DOG_PAGES, begun, dog_filled, photo, question, small
from todoke.accounts.actors import Guest
from todoke.formbuilder.answers.journey import AnswerKey
from todoke.formbuilder.answers.page_form import form_for, input_name, key_of

pytestmark = pytest.mark.django_db


def test_a_page_shows_what_was_typed_and_what_to_do() -> None:
    submission = dog_filled()
    problems = submission.save_page("owner", {**DOG_PAGES["owner"], "owner_name__given": ""}, by=Guest())
    journey = submission.journey()
    html = str(form_for(journey.document.page("owner"), journey, problems=problems))
    assert "髙橋" in html
    assert "１０４−００４５" in html
    assert "名が空です。名前が一つだけの方は、このまま進めます。" in html
    assert "犬を飼う場所</legend>" not in html


def test_an_attached_file_is_listed_with_a_button_that_takes_it_back() -> None:
    submission = begun(small(question("paper", "file")))
    submission.save_page("page", {}, by=Guest(), files={"paper": photo()})
    journey = submission.journey()
    html = str(form_for(journey.document.page("page"), journey, uploads=submission.uploads.current()))
    assert "「写真.png」を取り消す" in html


def test_a_repeating_group_grows_and_shrinks() -> None:
    document = small(question("child_name"))
    document["pages"][0]["groups"][0]["repeat"] = {"noun": "お子さん", "least": 1, "most": 3}
    submission = begun(document)
    submission.save_page("page", {"child_name-1": "一郎", "child_name-2": "二郎"}, by=Guest())
    journey = submission.journey()
    form = form_for(journey.document.page("page"), journey, extra={"group": 5})
    assert [block.heading for block in form.blocks()] == ["お子さん 1", "お子さん 2", "お子さん 3"]
    assert form.growable() == []
    submission.save_page("page", {"remove_row": "group-1"}, by=Guest())
    assert submission.current_answers() == {AnswerKey("child_name", 2): "二郎"}


def test_unticking_the_last_box_is_heard() -> None:
    options = [{"value": "a", "label": "あ"}, {"value": "b", "label": "い"}]
    submission = begun(small(question("boxes", "choices", options=options)))
    submission.save_page("page", {"boxes": ["a", "b"], "boxes__asked": "1"}, by=Guest())
    assert submission.current_answers() == {AnswerKey("boxes"): ["a", "b"]}
    submission.save_page("page", {"boxes__asked": "1"}, by=Guest())
    assert submission.current_answers() == {}


def test_names_of_inputs_can_be_read_back() -> None:
    assert key_of(input_name("child_name", 2, "family")) == AnswerKey("child_name", 2)
    assert key_of("../etc") is None


def test_what_word_and_pdf_put_between_the_letters_does_not_stay_in_an_answer() -> None:
    submission = begun(small(question("reason", "long_text"), question("dog_name")))
    submission.save_page("page", {"reason": "一行\x0b二行\x02\ufeff\r三行\uffff", "dog_name": "ポ\r\nチ"}, by=Guest())
    assert submission.current_answers() == {
        AnswerKey("reason"): "一行\n二行\n三行",
        AnswerKey("dog_name"): "ポ チ",
    }
