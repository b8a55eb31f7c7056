"""Nothing that tells of a person is published before two people have read it."""

import io
import re
import zipfile
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from pypdf import PdfReader

from tests.cast.voices import Hall, hall, sent
from todoke.japanese.personal_data import Kind, find_pieces
from todoke.runtime.refusals import Conflict, NotAllowed, NotYet, Refused
from todoke.voices.consultation_result import publish_result
from todoke.voices.masked_text import Span, moved_places, pieces, published
from todoke.voices.models import CommentGroup, PublicComment
from todoke.voices.response_table import ResponseTable

PLANTED = (
    [f"hanako{n}@example.jp" for n in range(8)]
    + [f"090-1234-567{n}" for n in range(6)]
    + [f"03-3777-111{n}" for n in range(2)]
    + ["123456789018", "234567890121", "345678901234", "456789012346"]
)
NAMES = [
    "佐藤太郎", "鈴木花子", "高橋一郎", "田中美咲", "伊藤健一", "渡辺由美", "山本大輔",
    "中村恵子", "小林誠", "加藤直樹", "吉田明美", "山田浩二", "佐々木陽子", "山口達也",
    "松本裕子", "井上学", "木村翔太", "林真理子", "斎藤隆", "清水久美子",
]  # fmt: skip


def test_every_piece_of_a_fixed_form_is_found_and_names_with_a_recall() -> None:
    texts = [f"駐輪場の案に反対です。連絡は{each}まで。" for each in PLANTED]
    forms = {Kind.MAIL, Kind.TELEPHONE, Kind.MY_NUMBER}
    missed = [each for each, text in zip(PLANTED, texts, strict=True)
              if not any(c.kind in forms and c.text == each for c in find_pieces(text))]  # fmt: skip
    assert len(PLANTED + NAMES) == 40
    assert missed == []
    found = sum(any(each in c.text for c in find_pieces(f"私は{each}と申します。")) for each in NAMES)
    assert found >= 16


def test_overlapping_masks_become_one_and_their_length_is_not_told() -> None:
    text = "私は山田太郎です"
    spans = [Span(2, 6, "個人情報"), Span(4, 6, "個人情報")]
    assert published(text, spans) == "私は■■■〔個人情報〕です"
    assert [each.text for each in pieces(text, [])] == [text]
    with pytest.raises(ValueError, match="99"):
        pieces(text, [Span(0, 99, "個人情報")])


@pytest.fixture
def place() -> Hall:
    return hall()


@pytest.mark.django_db
def test_none_of_forty_planted_pieces_is_in_the_published_bytes(place: Hall) -> None:
    of = place.announced()
    planted = [*PLANTED, *NAMES]
    for each in planted:
        sent(of, f"駐輪場の案に反対です。{each}といいます。よろしく。")
    for comment in of.comments.all():
        spans = [(each.start, each.end, "personal") for each in comment.candidates()]
        at = next((comment.text.find(each) for each in planted if each in comment.text), -1)
        if at >= 0:
            spans.append((at, at + len(next(each for each in planted if each in comment.text)), "personal"))
        comment.mask(spans, by=place.clerk)
        comment.check_masks(by=place.second)
    of.begin_answering(by=place.clerk)
    place.grouped(of, "駐輪場の案に反対", "c01").answer(
        kind="as_drafted", text="原案のとおりとします。", by=place.clerk
    )
    place.approved(of)
    publish_result(of, words="ご意見をいただきました。", by=place.clerk)
    pages = public_pages()
    assert len([path for path in pages if f"/{of.number}/result/" in path]) >= 2
    assert any(path.endswith("/table/") for path in pages)
    assert any(path.endswith("feed.rss") for path in pages)
    shown = {path: text_of(body) for path, body in pages.items()}
    shown["表計算の表"] = text_of(ResponseTable(of).xlsx())
    assert "反対" in shown[f"/consultations/{of.number}/table/"]
    assert [(path, each) for path, text in shown.items() for each in planted if each in text] == []


def public_pages() -> dict[str, bytes]:
    """Return what anybody is sent from the pages of voices and open data, by address, in three languages."""
    client, found = Client(), dict[str, bytes]()
    waiting = ["/consultations/", "/voices/", "/ideas/", "/data/", "/data/catalog.jsonld", "/board/public/voices/"]
    while waiting and len(found) < 300:
        path = waiting.pop()
        if path in found:
            continue
        answer = client.get(path, follow=True)
        found[path] = answer.getvalue()
        words = found[path].decode("utf-8", "ignore")
        links = re.findall(r'href="(/(?:consultations|voices|ideas|data|board/public/voices)/[^"#]*)', words)
        waiting += [each.replace("&amp;", "&") for each in links]
        more = re.findall(r'href="(\?after=\d+)', words)
        waiting += [f"{path.partition('?')[0]}{each}" for each in more]
    for path in [each for each in found if "/result/" in each]:
        for language in ("ja-easy", "en"):
            client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
            found[f"{path} {language}"] = client.get(path).getvalue()
    return found


def text_of(body: bytes) -> str:
    """Return what a file says: the words and the properties of a PDF, every part of a workbook, a page as it is."""
    if body.startswith(b"%PDF"):
        reader = PdfReader(io.BytesIO(body))
        words = "".join(page.extract_text() for page in reader.pages).replace("\n", "")
        return f"{words}{reader.metadata}"
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as book:
            return "".join(book.read(name).decode() for name in book.namelist())
    return body.decode()


@pytest.mark.django_db
def test_whoever_masks_does_not_check(place: Hall) -> None:
    of = place.announced()
    comment = sent(of, "私は山田です").comment
    with pytest.raises(NotYet):
        comment.check_masks(by=place.second)
    comment.mask([(2, 4, "personal")], by=place.clerk, seconds=40)
    with pytest.raises(NotAllowed, match="別の人"):
        comment.check_masks(by=place.clerk)
    comment.check_masks(by=place.second)
    comment.mask([], by=place.second)
    assert PublicComment.objects.get().checked_at is None


def test_places_move_with_the_words_behind_a_correction() -> None:
    assert moved_places("駅前に駐輪上を。公園も。", "駅前に駐輪場を。公園も。", [0, 8, 12]) == {0: 0, 8: 8, 12: 12}
    assert moved_places("駅に。公園も。", "駅前に。公園も。", [0, 3, 7]) == {0: 0, 3: 4, 7: 8}
    assert moved_places("駅に。公園も。", "駅の園も。", [0, 3, 7]) is None
    assert moved_places("駅に。", "まったく別の文。", [0, 3]) == {0: 0, 3: 8}
    assert moved_places("駅に。", "駅に。それから。", [0, 3]) == {0: 0, 3: 8}


@pytest.mark.django_db
def test_a_typing_error_of_a_paper_is_put_right_and_both_read_anew(place: Hall) -> None:
    of = place.announced()
    row = sent(of, "駅に駐輪上を。公園も明るく。", channel="post", by=place.clerk)
    comment = row.comment
    comment.points.get().cut(7, clause="c03", by=place.clerk)
    comment.mask([], by=place.clerk)
    comment.check_masks(by=place.second)
    facts: dict[str, Any] = {"seen": "駅に駐輪上を。公園も明るく。", "reason": "書き写しの誤り", "by": place.clerk}
    with pytest.raises(Refused, match="境目"):
        comment.correct_transcription("駅に駐輪場、園も明るく。", **facts)
    comment.correct_transcription("駅前に駐輪上を。公園も明るく。", **facts)
    kept = PublicComment.objects.get()
    assert [each.text for each in kept.points.all()] == ["駅前に駐輪上を。", "公園も明るく。"]
    assert (kept.masked_by, kept.checked_by) == (None, None)
    row.refresh_from_db()
    assert row.text == "駅に駐輪上を。公園も明るく。"
    with pytest.raises(Conflict):
        comment.correct_transcription("駅前に駐輪場を。公園も明るく。", **facts)
    page = sent(of, "駅に駐輪場を。").comment
    with pytest.raises(Refused, match="インターネット"):
        page.correct_transcription("駅前に駐輪場を。", seen=page.text, reason="誤り", by=place.clerk)


@pytest.mark.django_db
def test_a_summary_that_would_publish_how_to_reach_a_person_is_refused(place: Hall) -> None:
    of = place.announced()
    for each in ("駐輪場に反対。連絡は090-1234-5678", "hanako@example.jpの意見"):
        with pytest.raises(Refused, match="そのまま公表"):
            CommentGroup.create(of, summary=each, by=place.clerk)
    group = CommentGroup.create(of, summary="駐輪場に反対", by=place.clerk)
    with pytest.raises(Refused, match="そのまま公表"):
        group.rename("駐輪場に反対(03-3777-1110)", seen="駐輪場に反対", by=place.clerk)


@pytest.mark.django_db
def test_what_one_person_only_has_read_is_on_no_public_page(place: Hall) -> None:
    of = place.announced()
    sent(of, "公園を明るくしてください。")
    of.begin_answering(by=place.clerk)
    place.grouped(of, "公園").answer(kind="later", text="参考とします。", by=place.clerk)
    place.read_twice(of)
    place.approved(of)
    publish_result(of, by=place.clerk)
    PublicComment.objects.update(checked_by=None, checked_at=None)
    assert "公園を明るく" not in Client().get(f"/consultations/{of.number}/result/").content.decode()
