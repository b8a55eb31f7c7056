"""Manuals 周知・マニュアル: what residents are told and what clerks look at, generated from a definition.

They change with the form, so that nobody keeps two texts in step by hand.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import segno

from todoke.formbuilder.document.comparison import REQUIRED_NAMES
from todoke.formbuilder.document.structure import KIND_NAMES, Document, Kind, Question, Required

CHECKS: Mapping[Kind, str] = {
    Kind.NAME: "住民票の字・フリガナと合うか。画面で出ない字は、申請者に確かめる。",
    Kind.DATE: "ほかの書類の日付と合うか。和暦と西暦は画面に並んで出る。",
    Kind.ADDRESS: "住民登録の住所と合うか。方書・部屋番号が抜けていないか。",
    Kind.FILE: "字が読めるか、期限が切れていないか、この手続に足りるか。",
    Kind.BANK_ACCOUNT: "名義が申請者本人か。金融機関と支店が見つからないという注意が出ていないか。",
    Kind.MY_NUMBER: "番号は伏せてある。事務に要るときだけ、理由を書いて見る(記録に残る)。",
    Kind.CALCULATED: "自動で計算される。おかしいときは、元の答えを確かめる。",
    Kind.PHONE: "日中につながる番号か。",
    Kind.EMAIL: "知らせが届くか(届かないと、翌朝の一覧に出る)。",
    Kind.DECLARATION: "チェックがないと送れないので、見るだけでよい。",
    Kind.LONG_TEXT: "事情を読み、要件にあてはまるかを判断する。",
    Kind.CORPORATE_NUMBER: "法人名・所在地と合うか。",
}


@dataclass(frozen=True)
class NeededPaper:
    """持ち物: a paper with the case in which it is needed (empty: always)."""

    label: str
    note: str
    case: str


@dataclass(frozen=True)
class Point:
    """見るところ: one question as the office reads it."""

    label: str
    kind: str
    required: str
    case: str
    check: str


@dataclass(frozen=True)
class Chapter:
    """章: one page of the form."""

    title: str
    case: str
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Manual:
    """周知とマニュアル: a sheet for residents and a handbook for the office."""

    document: Document
    facts: tuple[tuple[str, str], ...]
    papers: tuple[NeededPaper, ...]
    chapters: tuple[Chapter, ...]
    counter: tuple[Point, ...]
    asked: int
    qr: str
    address: str


def papers_of(document: Document) -> tuple[NeededPaper, ...]:
    """Return the papers of a document with the cases in which they are needed, in words."""
    return tuple(
        NeededPaper(paper.label, paper.note, document.condition_sentence(paper.when) if paper.when else "")
        for paper in document.papers
    )


def manual_of(document: Document, address: str) -> Manual:
    """Write both manuals of a document; ``address`` is where the service is found online."""
    guide = document.guide
    facts = (
        ("対象", guide.who), ("期限", guide.deadline), ("手数料", guide.fee), ("かかる日数", guide.period),
        ("結果の受け取り", guide.result),
    )  # fmt: skip
    papers = papers_of(document)
    chapters = tuple(_chapters(document))
    counter = tuple(point for chapter in chapters for point in chapter.points if point.required == STAFF)
    asked = sum(
        question.kind is not Kind.INFORMATION and question.required is not Required.STAFF
        for *_, question in document.by_id.values()
    )
    code = segno.make(address, error="m").svg_data_uri(scale=3, border=2)
    return Manual(document, tuple(fact for fact in facts if fact[1]), papers, chapters, counter, asked, code, address)


STAFF = REQUIRED_NAMES[Required.STAFF]


def _chapters(document: Document) -> Iterator[Chapter]:
    for page in document.pages:
        case = document.condition_sentence(page.when) if page.when else ""
        points = tuple(
            _point(document, question, group.repeat.noun if group.repeat else "")
            for group, question in page.questions()
            if question.kind is not Kind.INFORMATION
        )
        yield Chapter(page.title, case, points)


def _point(document: Document, question: Question, noun: str) -> Point:
    check = CHECKS.get(question.kind, "")
    if question.formula is not None:
        check = f"{check} 計算のしかた: {document.formula_sentence(question.formula)}"
    if question.sensitive:
        check = f"{check} 要配慮の情報。見る人を限る。".strip()
    case = document.condition_sentence(question.when) if question.when else ""
    label = f"{question.label}({noun}ごと)" if noun else question.label
    return Point(label, KIND_NAMES[question.kind], REQUIRED_NAMES[question.required], case, check)
