"""Near-identical texts are one line, a single dissent stays on page one, and similar ones are proposed to people."""

import pytest
from django.test import Client

from tests.cast.cases import work_off
from tests.cast.voices import Hall, hall, sent
from todoke.runtime.refusals import Refused
from todoke.voices import similarity
from todoke.voices.models import CommentGroup, CommentPoint, ComparisonRun, SimilarOpinion
from todoke.voices.similarity import content_words, folded, similar_lists
from todoke.voices.tasks import compare

BASE = (
    "駅前の駐輪場を有料にする案に賛成します。放置自転車が減り、歩行者が安全に歩けるようになると考えます。"
    "あわせて、料金は一日百円とし、最初の二時間は無料にしてください。よろしくお願いいたします。"
)
DISSENT = "有料化に反対です。通勤で毎日使うので、年に二万円の負担が増えます。"
THINGS = [
    "図書館", "公園", "保育園", "学童", "道路", "街灯", "バス",
    "防災", "避難所", "ごみ", "下水", "窓口", "税", "介護",
    "医療", "祭り", "広報", "樹木", "川", "橋",
]  # fmt: skip
WISHES = ("もっと予算を増やすべきです。", "今のままで困っていません。")
OTHERS = [f"{thing}と、{thing}の周りのことについて、{wish}" for thing in THINGS for wish in WISHES]


def variants(number: int) -> list[str]:
    endings = ("", "。", " ", "!", "以上", "お願いします")
    return [
        BASE.replace("百円", f"{100 + n}円") if n % 2 else BASE + endings[n % len(endings)] + "\n" * (n % 3)
        for n in range(number)
    ]


def test_three_hundred_variants_fold_to_one_line() -> None:
    texts = [*variants(300), DISSENT, *OTHERS[:39]]
    first = folded(texts)
    assert len(set(first)) == 41
    assert set(first[:300]) == {0}
    assert first[300] == 300


def test_short_texts_of_different_meaning_are_not_folded() -> None:
    assert folded(["賛成です。", "反対です。", "", "賛成です。"]) == [0, 1, 2, 0]


def test_the_most_like_one_comes_first_with_the_words_they_share() -> None:
    texts = ["駐輪場の料金が高い", "図書館を夜も開けてほしい", "自転車置場の料金を安くして", "公園の木を切らないで"]
    lists = similar_lists(texts)
    assert lists[0][0].place == 2
    assert "料金" in lists[0][0].words
    assert "する" not in content_words("料金を安くする")


def test_a_computation_that_is_stopped_says_so_at_once() -> None:
    class Enough(Exception):
        pass

    def told(done: int, whole: int) -> None:
        raise Enough

    with pytest.raises(Enough):
        similar_lists(["一つ目", "二つ目"], told=told)
    with pytest.raises(ValueError, match="3001"):
        similar_lists(["文"] * (similarity.MOST_TEXTS + 1))


@pytest.fixture
def place() -> Hall:
    return hall()


@pytest.mark.django_db
def test_the_lines_of_a_consultation_show_the_dissent_beside_the_many(place: Hall) -> None:
    of = place.announced()
    for text in [*variants(20), DISSENT, "図書館の本を増やしてください。"]:
        sent(of, text)
    ComparisonRun.request(of, compare, by=place.clerk)
    work_off()
    run = ComparisonRun.objects.get()
    assert (run.status, run.done == run.whole) == ("done", True)
    lines = CommentPoint.objects.lines().order_by("pk").with_copies(50)
    assert [(line.copy_count, line.text[:5]) for line in lines[:2]] == [(20, BASE[:5]), (1, DISSENT[:5])]
    assert SimilarOpinion.objects.filter(point=lines[1], other=lines[0]).exists()
    assert not CommentPoint.objects.exclude(group=None).exists(), "a machine assigns nothing"
    assert not CommentGroup.objects.exists()
    group = CommentGroup.create(of, summary="有料化に賛成", by=place.clerk)
    assert lines[0].move(group, seen=None, by=place.clerk) == 20


@pytest.mark.django_db
def test_a_cancelled_computation_keeps_nothing(place: Hall) -> None:
    of = place.announced()
    sent(of, BASE)
    run = ComparisonRun.request(of, compare, by=place.clerk)
    assert ComparisonRun.request(of, compare, by=place.clerk) == run
    run.cancel(by=place.clerk)
    work_off()
    assert not SimilarOpinion.objects.exists()
    with pytest.raises(Refused):
        ComparisonRun.objects.get().cancel(by=place.clerk)


@pytest.mark.slow
@pytest.mark.django_db
def test_three_hundred_variants_are_one_line_of_the_page_and_the_dissent_another(place: Hall) -> None:
    of = place.announced()
    for text in [*variants(300), DISSENT, *OTHERS[:39]]:
        sent(of, text)
    ComparisonRun.request(of, compare, by=place.clerk)
    work_off()
    client = Client()
    client.force_login(place.clerk)
    page = client.get(f"/office/consultations/{of.number}/opinions/")
    shown = page.content.decode()
    assert len(page.context["lines"]) == 41
    assert "ほぼ同文 300件" in shown
    assert DISSENT in shown
    assert page.context["following"] == ""


def test_more_texts_than_are_compared_at_once_are_compared_within_their_clause(monkeypatch: pytest.MonkeyPatch) -> None:
    assert similarity.blocks(["a", "b", "a"]) == [[0, 1, 2]]
    monkeypatch.setattr(similarity, "MOST_TEXTS", 2)
    assert similarity.blocks(["a", "b", "a", "a", ""]) == [[0, 2], [3], [1], [4]]


@pytest.mark.django_db
def test_many_opinions_are_folded_over_all_clauses_and_listed_within_one(
    place: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(similarity, "MOST_TEXTS", 2)
    of = place.announced()
    for text, clause in ((BASE, "c01"), (OTHERS[0], "c01"), (BASE, "c02"), (OTHERS[2], "c02"), (OTHERS[4], "c01")):
        sent(of, text, clause=clause)
    ComparisonRun.request(of, compare, by=place.clerk).compute()
    lines = list(CommentPoint.objects.lines().order_by("pk"))
    assert [(line.clause, line.text[:3]) for line in lines] == [
        ("c01", BASE[:3]), ("c01", OTHERS[0][:3]), ("c02", OTHERS[2][:3]), ("c01", OTHERS[4][:3])
    ]  # fmt: skip
    clauses = SimilarOpinion.objects.values_list("point__clause", "other__clause")
    assert all(one == other for one, other in clauses)
    assert ComparisonRun.objects.get().status == "done"


@pytest.mark.django_db
def test_a_computation_stops_where_it_is_when_somebody_cancels_it(place: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    of = place.announced()
    for text in OTHERS:
        sent(of, text)
    run, cancelled = ComparisonRun.request(of, compare, by=place.clerk), list[str]()
    fold = similarity.shingles

    def cancel_once(text: str) -> frozenset[str]:
        if not cancelled:
            cancelled.append(text)
            ComparisonRun.objects.get().cancel(by=place.clerk)
        return fold(text)

    monkeypatch.setattr(similarity, "shingles", cancel_once)
    run.compute()
    assert (ComparisonRun.objects.get().status, SimilarOpinion.objects.count()) == ("cancelled", 0)
