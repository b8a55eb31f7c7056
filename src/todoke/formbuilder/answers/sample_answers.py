"""Samples 記入例: answers made from a document, for the publication check, test applications and the tests."""

from collections.abc import Callable, Mapping
from datetime import date

from todoke.formbuilder.answers.journey import Answers, Journey, Spot
from todoke.formbuilder.document.question_types import Value
from todoke.formbuilder.document.structure import SAYING, Document, Kind, Question

Pick = Callable[[Question], int]

_SAMPLES: Mapping[Kind, Value] = {
    Kind.NAME: {"family": "見本", "given": "花子", "family_kana": "ミホン", "given_kana": "ハナコ"},
    Kind.DATE: "令和2年4月1日",
    Kind.ADDRESS: {"postal": "100-0001", "region": "東京都千代田区千代田", "street": "1-1", "building": ""},
    Kind.PHONE: "03-0000-0000",
    Kind.EMAIL: "mihon@example.jp",
    Kind.SHORT_TEXT: "見本",
    Kind.LONG_TEXT: "見本の文章です。",
    Kind.DECLARATION: "yes",
    Kind.FILE: ["見本.pdf"],
    Kind.CORPORATE_NUMBER: "7000012050002",
    Kind.MY_NUMBER: "123456789018",
    Kind.BANK_ACCOUNT: {
        "bank": "ゆうちょ銀行",
        "branch": "〇〇八",
        "type": "普通",
        "number": "0000000",
        "holder": "ミホン ハナコ",
    },
}
_RARE_NAME = {
    "family": "髙橋", "given": "𠮷子", "family_kana": "タカハシ", "given_kana": "ヨシコ",
    "plain_family": "高橋", "plain_given": "吉子",
}  # fmt: skip


def sample(question: Question, pick: int = 0) -> Value:
    """Return a valid answer to a question; ``pick`` chooses among its options."""
    values = question.option_values()
    if question.kind is Kind.CHOICES:
        return [values[pick % len(values)]]
    if values:
        return values[pick % len(values)]
    if question.kind in {Kind.NUMBER, Kind.MONEY}:
        return str(question.low if question.low is not None else min(1, question.high or 1))
    if question.alternative:
        return {**_RARE_NAME}
    return _SAMPLES.get(question.kind, "")


def first(question: Question) -> int:
    """Pick the first option of every question."""
    return 0


def filled(document: Document, on: date, given: Answers | None = None, pick: Pick = first) -> dict[Spot, Value]:
    """Answer everything that is asked, page by page, keeping what is given; hidden questions stay unanswered."""
    answers: dict[Spot, Value] = dict(given or {})
    for page in document.pages:
        for _ in range(len(list(page.questions())) + 1):
            journey = Journey(document, answers, on)
            asked = {
                Spot(question.id, row): sample(question, pick(question))
                for _, question, row in journey.spots(page)
                if Spot(question.id, row) not in answers and question.kind not in SAYING
            }
            if not asked:
                break
            place = next(iter(asked))
            answers[place] = asked[place]
            for spot, value in asked.items():
                answers.setdefault(spot, value)
    present = Journey(document, answers, on).present()
    return {spot: value for spot, value in answers.items() if spot in present}
