"""Questions find published answers; what is kept of them names nobody, and what nobody answered becomes a gap."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import cast
from tests.cast.guidance import REVIEW, published, writer
from todoke.guidance.faqs.answer_order import rank
from todoke.guidance.faqs.faq_search import answer, find, ranking, report_gap
from todoke.guidance.faqs.memory_index import FaqText, MemoryIndex
from todoke.guidance.models import ContentGap, Faq, Inquiry
from todoke.guidance.models.content_gap import ContentGap as Gap
from todoke.guidance.tasks import erase_inquiries
from todoke.runtime.refusals import Conflict, NotAllowed, Refused

pytestmark = pytest.mark.django_db
FAQS = [
    ("犬を飼い始めたときの手続は?", "犬の登録をして、鑑札を受け取ってください。"),
    ("粗大ごみを出したい", "電話で申し込み、処理券を貼って出してください。"),
    ("住民票の写しがほしい", "窓口、郵送、コンビニエンスストアで取れます。"),
    ("印鑑登録をしたい", "本人が窓口で申し込んでください。印鑑登録証を渡します。"),
    ("ごみの日を知りたい", "地区ごとのごみの日は一覧にあります。"),
    ("犬が死んだとき", "犬の死亡の届出をしてください。"),
]
QUESTIONS = ["子犬を飼いました", "コンビニで住民票", "ごみを出す", "犬", "印鑑", "電話で申し込みたい", "窓口"]


def filed() -> None:
    by, other = writer(), cast.clerk()
    for question, text in FAQS:
        published(question, text, by=by, checked_by=other)


def test_rows_and_memory_give_the_very_same_order_and_scores_on_every_database() -> None:
    filed()
    index = MemoryIndex([FaqText(*each) for each in FAQS])
    places = {pk: place for place, pk in enumerate(Faq.objects.order_by("pk").values_list("pk", flat=True))}
    for question in QUESTIONS:
        rows = [(places[each.document], each.score) for each in ranking(question).answers]
        assert rows == [(each.document, each.score) for each in rank(index.signals(question)).answers], question
        assert rows


def test_a_question_is_kept_masked_with_what_was_shown() -> None:
    filed()
    shown = answer("090-1234-5678の者です。子犬を飼いました")
    kept = Inquiry.objects.get()
    assert kept.words == "〔電話番号〕の者です。子犬を飼いました"
    assert kept.shown == Inquiry.Shown.CANDIDATES
    assert not shown.direct
    assert shown.found[0].version.question == FAQS[0][0]
    assert [hit.rank for hit in kept.hits.all()] == list(range(1, len(shown.found) + 1))


def test_a_long_question_is_cut_with_a_note() -> None:
    filed()
    shown = answer("犬" * 300)
    assert shown.cut
    assert len(Inquiry.objects.get().words) == 200


def test_a_question_takes_at_most_six_queries(django_assert_max_num_queries: object) -> None:
    filed()
    with django_assert_max_num_queries(6):  # type: ignore[operator] # a fixture without types
        assert find("犬の登録")


def test_a_retired_answer_and_an_unpublished_one_are_not_found() -> None:
    filed()
    Faq.begin(FaqText("犬の散歩", "案"), department=cast.department(), review_on=REVIEW, by=cast.chief())
    present = cast.present(Faq.objects.filter(versions__question=FAQS[5][0]).first())
    present.retire(by=cast.headquarters())
    assert [each.version.question for each in find("犬")] == [FAQS[0][0]]


def test_a_miss_becomes_a_gap_then_an_answer_and_is_found() -> None:
    filed()
    for words in ("ドローンを公園で飛ばせますか", "公園でドローンの練習"):
        report_gap(answer(words).inquiry, department=None)
    gap = ContentGap.objects.get(title__contains="ドローン")
    assert gap.count >= 2
    by, other = writer(email="w2@example.lg.jp"), cast.staff("検 査", "check@example.lg.jp")
    designer = cast.headquarters()
    gap.hand_over(cast.department(), by=designer)
    gap.refresh_from_db()
    faq = gap.draft(department=cast.department(), review_on=REVIEW, by=by)
    draft = faq.write(FaqText("公園でドローンを飛ばせますか", "許可が要ります。", gap.title), review_on=REVIEW, by=by)
    draft.publish(by=other, seen=draft.revision)
    gap.refresh_from_db()
    assert gap.status == Gap.Status.PUBLISHED
    assert find("公園 ドローン")[0].version.answer == "許可が要ります。"


def test_a_question_without_a_known_word_is_answered_with_the_honest_sentence_and_becomes_a_gap() -> None:
    filed()
    shown = answer("プラネタリウムの投影")
    assert shown.inquiry.shown == Inquiry.Shown.NONE
    assert ContentGap.objects.get().title == "プラネタリウムの投影"
    assert answer("です").inquiry.shown == Inquiry.Shown.NONE
    assert ContentGap.objects.count() == 1


def test_a_gap_is_declined_with_a_reason_by_its_section_alone() -> None:
    gap = cast.present(ContentGap.report("星の観察", department=cast.department(), by=writer()))
    stranger = cast.staff("他 課", "other@example.lg.jp", section=cast.department("道路課", "3010"))
    with pytest.raises(NotAllowed):
        gap.decline("区の仕事ではありません。", by=stranger)
    with pytest.raises(Refused, match="理由"):
        gap.decline(" ", by=cast.clerk())
    gap.decline("区の仕事ではありません。", by=cast.chief())
    with pytest.raises(Conflict):
        gap.decline("区の仕事ではありません。", by=cast.headquarters())


def test_after_thirteen_months_a_question_is_erased() -> None:
    filed()
    for words in ("犬", "猫の登録"):
        answer(words)
    Inquiry.objects.filter(words="犬").update(asked_at=timezone.now() - timedelta(days=400))
    erase_inquiries.call()
    assert [each.words for each in Inquiry.objects.all()] == ["猫の登録"]


def test_what_was_opened_and_whether_it_helped_is_kept() -> None:
    filed()
    hit = answer("犬").inquiry.hits.get(rank=1)
    hit.choose()
    hit.judge(True)
    hit.refresh_from_db()
    assert hit.chosen_at is not None
    assert hit.helped is True
    inquiry = Inquiry.objects.get()
    assert inquiry.miss()
    assert not inquiry.miss()
