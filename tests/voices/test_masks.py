"""Nothing that tells of a person is published before two people have read it."""

import io
import zipfile

import pytest
from pypdf import PdfReader

from tests.cast.voices import Hall, hall, sent
from todoke.japanese.personal_data import Kind, find_pieces
from todoke.runtime.refusals import NotAllowed, NotYet
from todoke.voices.masked_text import Span, pieces, published
from todoke.voices.models import PublicComment
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
    table = ResponseTable(of)
    pdf = "".join(page.extract_text() for page in PdfReader(io.BytesIO(table.pdf())).pages).replace("\n", "")
    with zipfile.ZipFile(io.BytesIO(table.xlsx())) as book:
        cells = "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))
    shown = pdf + cells + "".join(table.opinions())
    assert "反対" in pdf
    assert [each for each in planted if each in shown] == []


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
