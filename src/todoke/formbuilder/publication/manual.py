"""Manuals 周知・マニュアル: a leaflet for residents and a handbook for clerks, generated from a document."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import segno
from django.utils.translation import gettext as _

from todoke.formbuilder.document.comparison import REQUIRED_NAMES
from todoke.formbuilder.document.structure import KIND_LABELS, Document, Question, QuestionKind, Required

_BRACKETS = re.compile(r"\([^()]*\)")
_COPY = re.compile(r"の?(?:写真|写し|コピー|画像|スキャン)(?=$|、|と|か)|を?(?:添付|付けてください)$")
CHECKS: Mapping[QuestionKind, str] = {
    QuestionKind.NAME: "住民票の字・フリガナと合うか。画面で出ない字は、申請者に確かめる。",
    QuestionKind.DATE: "ほかの書類の日付と合うか。和暦と西暦は画面に並んで出る。",
    QuestionKind.ADDRESS: "住民登録の住所と合うか。方書・部屋番号が抜けていないか。",
    QuestionKind.FILE: "字が読めるか、期限が切れていないか、この手続に足りるか。",
    QuestionKind.BANK_ACCOUNT: "名義が申請者本人か。金融機関と支店が見つからないという注意が出ていないか。",
    QuestionKind.MY_NUMBER: "番号は伏せてある。事務に要るときだけ、理由を書いて見る(記録に残る)。",
    QuestionKind.CALCULATED: "自動で計算される。おかしいときは、元の答えを確かめる。",
    QuestionKind.PHONE: "日中につながる番号か。",
    QuestionKind.EMAIL: "知らせが届くか(届かないと、翌朝の一覧に出る)。",
    QuestionKind.DECLARATION: "チェックがないと送れないので、見るだけでよい。",
    QuestionKind.LONG_TEXT: "事情を読み、要件にあてはまるかを判断する。",
    QuestionKind.CORPORATE_NUMBER: "法人名・所在地と合うか。",
}


@dataclass(frozen=True)
class NeededPaper:
    """持ち物: a paper and the condition under which it is needed (empty: always)."""

    label: str
    note: str
    case: str


@dataclass(frozen=True)
class ManualItem:
    """見るところ: one question with what the office checks in its answer."""

    label: str
    kind: str
    required: str
    case: str
    check: str


@dataclass(frozen=True)
class Chapter:
    """章: the items of one page of the form."""

    title: str
    case: str
    points: tuple[ManualItem, ...]


@dataclass(frozen=True)
class Manual:
    """周知とマニュアル: the content of the leaflet for residents and of the handbook for the office."""

    document: Document
    facts: tuple[tuple[str, str], ...]
    papers: tuple[NeededPaper, ...]
    chapters: tuple[Chapter, ...]
    counter: tuple[ManualItem, ...]
    asked: int
    qr: str
    address: str


def papers_of(document: Document, japanese: Document | None = None) -> tuple[NeededPaper, ...]:
    """Return the papers of a document with the conditions under which they are needed.

    What the form asks to attach is among them, unless a paper of the same name was listed by hand; names are compared
    in the ``japanese`` document where ``document`` is a translation of it.
    """
    listed = tuple(
        NeededPaper(paper.label, paper.note, document.condition_sentence(paper.when) if paper.when else "")
        for paper in document.papers
    )
    return (*listed, *attachments_of(document, japanese or document))


def attachments_of(document: Document, japanese: Document) -> tuple[NeededPaper, ...]:
    """Return the attachments that a form asks of applicants and that nobody listed as a paper."""
    listed = [_paper_name(paper.label) for paper in japanese.papers]
    found = []
    for page, group, question in document.by_id.values():
        asked = question.kind is QuestionKind.FILE and question.required is not Required.STAFF and not question.draw
        name = _paper_name(japanese.question(question.id).label)
        if asked and not any(paper in name or name in paper for paper in listed):
            conditions = [document.condition_sentence(part.when) for part in (page, group, question) if part.when]
            note = _("あるときだけ") if question.required is Required.NO else ""
            found.append(NeededPaper(question.label, note, "、".join(conditions)))
    return tuple(found)


def _paper_name(label: str) -> str:
    """Return the name of a paper without what is in brackets and without "photo of" or "copy of": 本人確認書類."""
    name = _BRACKETS.sub("", unicodedata.normalize("NFKC", label))
    return _COPY.sub("", name).strip() or name


def build_manual(document: Document, address: str) -> Manual:
    """Return both manuals of a document; ``address`` is the URL of the online service."""
    guide = document.guide
    facts = (
        ("対象", guide.who), ("期限", guide.deadline), ("手数料", guide.fee), ("かかる日数", guide.period),
        ("結果の受け取り", guide.result),
    )  # fmt: skip
    papers = papers_of(document)
    chapters = tuple(_chapters(document))
    counter = tuple(point for chapter in chapters for point in chapter.points if point.required == STAFF)
    asked = sum(
        question.kind is not QuestionKind.INFORMATION and question.required is not Required.STAFF
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
            if question.kind is not QuestionKind.INFORMATION
        )
        yield Chapter(page.title, case, points)


def _point(document: Document, question: Question, noun: str) -> ManualItem:
    check = CHECKS.get(question.kind, "")
    if question.formula is not None:
        check = f"{check} 計算のしかた: {document.formula_sentence(question.formula)}"
    if question.sensitive:
        check = f"{check} 要配慮の情報。見る人を限る。".strip()
    case = document.condition_sentence(question.when) if question.when else ""
    label = f"{question.label}({noun}ごと)" if noun else question.label
    return ManualItem(label, KIND_LABELS[question.kind], REQUIRED_NAMES[question.required], case, check)
