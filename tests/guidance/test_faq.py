"""Answers are written by one, published by another, read again on their day, and never altered."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tests import cast
from tests.cast.guidance import REVIEW, published, writer
from todoke.accounts.actors import System
from todoke.audit.models import Entry
from todoke.guidance.faqs.memory_index import FaqText
from todoke.guidance.models import Faq, FaqVersion
from todoke.runtime.refusals import Conflict, NotAllowed, Refused

pytestmark = pytest.mark.django_db
TEXT = FaqText("犬を飼い始めたら?", "犬の登録をしてください。", "子犬をもらった")


def test_whoever_wrote_an_answer_does_not_publish_it() -> None:
    by = writer()
    draft = Faq.begin(TEXT, department=cast.department(), review_on=REVIEW, by=by)
    with pytest.raises(NotAllowed, match="自分では公開できません"):
        draft.publish(by=by, seen=draft.revision)
    assert not Faq.objects.published().exists()


def test_the_database_itself_refuses_one_who_publishes_alone() -> None:
    version = published(TEXT.question, TEXT.answer, by=writer(), checked_by=cast.clerk())
    with pytest.raises(IntegrityError), transaction.atomic():
        FaqVersion.objects.bulk_create(
            [FaqVersion(faq=version.faq, number=9, question="a", answer="b", author=version.author,
                        published_by=version.author, valid_from=REVIEW)]
        )  # fmt: skip


def test_a_draft_that_changed_since_it_was_read_is_not_published() -> None:
    by, other = writer(), cast.clerk()
    draft = Faq.begin(TEXT, department=cast.department(), review_on=REVIEW, by=by)
    draft.faq.write(FaqText("別の質問", "別の答え"), review_on=REVIEW, by=by)
    with pytest.raises(Conflict):
        draft.publish(by=other, seen=draft.revision)


def test_a_new_version_replaces_the_words_by_which_it_is_found() -> None:
    by, other = writer(), cast.clerk()
    first = published("粗大ごみを出すには?", "電話で申し込みます。", by=by, checked_by=other)
    draft = first.faq.write(FaqText("粗大ごみの申込み", "画面から申し込みます。"), review_on=REVIEW, by=by)
    second = draft.publish(by=other, seen=draft.revision)
    assert (first.number, second.number) == (1, 2)
    assert first.faq.current == second
    assert "電話" not in set(first.faq.postings.values_list("term", flat=True))
    with pytest.raises(TypeError, match="書き換えられません"):
        first.save()


def test_an_answer_comes_due_on_its_day_and_when_something_changed() -> None:
    version = published("手数料は?", "300円です。", by=writer(), checked_by=cast.clerk(), review_on=date(2026, 12, 1))
    assert not Faq.objects.due_for_review(date(2026, 11, 30)).exists()
    assert Faq.objects.due_for_review(date(2026, 12, 1)).get() == version.faq
    assert version.faq.doubt_it("手数料が変わりました。", by=System())
    assert not version.faq.doubt_it("また変わりました。", by=System())
    assert Faq.objects.due_for_review(date(2026, 11, 30)).exists()


def test_a_review_takes_the_mark_away_and_needs_a_later_day() -> None:
    by = writer()
    version = published("手数料は?", "300円です。", by=by, checked_by=cast.clerk())
    version.faq.doubt_it("手数料が変わりました。", by=System())
    with pytest.raises(Refused, match="あすより後"):
        version.faq.confirm(date(2020, 1, 1), by=by)
    version.faq.confirm(date(2098, 1, 1), by=by)
    assert not Faq.objects.due_for_review(date(2026, 11, 30)).exists()
    assert Entry.objects.filter(act="問答の見直し").count() == 1


def test_a_retired_answer_is_found_no_more_and_another_section_cannot_touch_it() -> None:
    version = published("古い制度は?", "終わりました。", by=writer(), checked_by=cast.clerk())
    stranger = cast.staff("他 課", "other@example.lg.jp", section=cast.department("道路課", "3010"))
    with pytest.raises(NotAllowed):
        version.faq.retire(by=stranger)
    assert not Faq.objects.editable_by(stranger).exists()
    version.faq.retire(by=version.author)
    assert not Faq.objects.published().exists()
    with pytest.raises(Conflict):
        version.faq.retire(by=version.author)


@pytest.mark.parametrize(
    ("answer", "lead", "rest"),
    [
        (
            "登録します。\n鑑札を受け取ります。\n30日以内です。",
            "登録します。\n鑑札を受け取ります。\n",
            "30日以内です。",
        ),
        ("登録します。", "登録します。", ""),
        ("窓口です。" + "あ" * 90 + "。", "窓口です。", "あ" * 90 + "。"),
        ("あ" * 90, "", "あ" * 90),
    ],
)
def test_the_beginning_of_an_answer_is_read_before_it_is_opened(answer: str, lead: str, rest: str) -> None:
    version = FaqVersion(question="?", answer=answer)
    assert (version.lead, version.rest) == (lead, rest)
