"""Two presses at once: races show on PostgreSQL."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from tests.cast.formbuilder import begun, dog_filled, question, small
from todoke.accounts.actors import Guest, System
from todoke.formbuilder.answers.journey import AnswerKey
from todoke.formbuilder.models import AlreadySubmitted, Submission

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    def alone(act: Callable[[], Any]) -> Any:
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(alone, acts))


def test_eight_presses_on_send_send_once() -> None:
    pk = dog_filled().pk
    sent = at_once(*[lambda: Submission.objects.get(pk=pk).submit(by=Guest())] * 8)
    assert sorted(sent) == [False] * 7 + [True]


def test_a_save_that_meets_a_sending_is_in_or_refused_but_never_half() -> None:
    pk = dog_filled().pk

    def save() -> str:
        try:
            Submission.objects.get(pk=pk).save_page("dog", {"dog_name": "タマ"}, by=Guest())
        except AlreadySubmitted:
            return "ポチ"
        return "タマ"

    name, _ = at_once(save, lambda: Submission.objects.get(pk=pk).submit(by=Guest()))
    assert Submission.objects.get(pk=pk).current_answers()[AnswerKey("dog_name")] == name


def test_a_page_typed_during_a_publication_is_kept_or_handed_back() -> None:
    submission = begun(small(question("a"), question("b")))
    draft = submission.version.draft
    draft.edit(small(question("a"), question("c", required="no")), by=System())
    new, pk = draft.publish(by=System()), submission.pk
    typed = {"a": "一", "b": "二", "form__edition": "1"}
    at_once(
        lambda: Submission.objects.get(pk=pk).save_page("page", typed, by=Guest()),
        lambda: Submission.objects.get(pk=pk).migrate_to(new, by=System()),
    )
    late = Submission.objects.get(pk=pk)
    assert late.version == new
    assert late.current_answers() == {AnswerKey("a"): "一"}
    assert [notice.typed for notice in late.migration_notices.all()] == ["二"]


def test_parallel_saves_of_two_pages_lose_nothing() -> None:
    pk = dog_filled().pk
    at_once(
        lambda: Submission.objects.get(pk=pk).save_page("dog", {"dog_name": "タマ"}, by=Guest()),
        lambda: Submission.objects.get(pk=pk).save_page("tag", {"delivery": "post", "post_same": "yes"}, by=Guest()),
        lambda: Submission.objects.get(pk=pk).save_page("dog", {"dog_colour": "黒"}, by=Guest()),
    )
    answers = Submission.objects.get(pk=pk).current_answers()
    assert (answers[AnswerKey("dog_name")], answers[AnswerKey("dog_colour")], answers[AnswerKey("delivery")]) == (
        "タマ",
        "黒",
        "post",
    )
