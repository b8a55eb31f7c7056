"""A second person reads what changes for whom before a form is published."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from tests.cast import staff
from tests.cast.formbuilder import question, small, version
from todoke.accounts.actors import Guest
from todoke.accounts.models import User
from todoke.formbuilder.models import FormDraft, FormReview, FormVersion, Submission
from todoke.organization.models import Post

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> tuple[User, User]:
    """A designer who changed a form, and another one."""
    first = staff("設計 太郎", "designer@example.lg.jp", Post.Role.DESIGNER)
    frozen = version(small(question("a"), question("gone")))
    submission = Submission.start(version=frozen, by=Guest())
    submission.save_page("page", {"a": "一", "gone": "二"}, by=Guest())
    frozen.draft.edit(small(question("a")), by=first)
    return first, staff("確認 次郎", "second@example.lg.jp", Post.Role.HEADQUARTERS)


def press(person: User, name: str, **data: Any) -> str:
    client = Client()
    client.force_login(person)
    return client.post(reverse(f"studio:{name}", args=["small"]), data, follow=True).content.decode()


def look(person: User, name: str = "publication") -> str:
    client = Client()
    client.force_login(person)
    return client.get(reverse(f"studio:{name}", args=["small"] if name != "home" else [])).content.decode()


def test_nobody_publishes_what_only_one_person_saw(people: tuple[User, User]) -> None:
    first, second = people
    assert "まだ公開できません" in press(first, "publication-version")
    assert "まだ公開できません" in press(first, "publication-plan", day="2027-04-01", time="00:00")
    press(first, "form-review", request="なくした設問")
    assert "自分では終えられません" in press(first, "form-review-approval")
    assert "小さな様式" in look(second, "home")
    page = look(second)
    assert "記入中の人に、書いた内容とともに不要になったことを知らせます<br>いま答えている人 1人" in page
    assert "公開できます" in press(second, "form-review-approval", comment="よい")
    assert "「オンライン受付」でこの版を選びます" in press(first, "publication-version")
    assert FormVersion.objects.count() == 2
    assert "新しい版を公開する" not in look(first)


def test_what_was_confirmed_is_what_is_published(people: tuple[User, User]) -> None:
    first, second = people
    press(first, "form-review")
    press(second, "form-review-approval")
    FormDraft.objects.get().edit(small(question("a"), question("slipped_in")), by=first)
    assert "まだ公開できません" in press(first, "publication-version")


def test_a_draft_that_moved_while_it_was_read_is_read_again(people: tuple[User, User]) -> None:
    first, second = people
    press(first, "form-review")
    FormDraft.objects.get().edit(small(question("a"), question("late")), by=first)
    assert "もう一度開いて確かめてください" in press(second, "form-review-approval")


def test_a_returned_form_says_what_is_to_be_changed(people: tuple[User, User]) -> None:
    first, second = people
    press(first, "form-review")
    assert "直してほしいところを書いてください" in press(second, "form-review-return")
    press(second, "form-review-return", comment="なくすと困る人がいます")
    assert "なくすと困る人がいます" in look(first)
    assert FormReview.objects.get().status == "returned"


def test_an_office_of_one_may_switch_the_second_person_off(people: tuple[User, User], settings: Settings) -> None:
    settings.FORM_REVIEW = False
    press(people[0], "publication-version")
    assert FormVersion.objects.count() == 2
