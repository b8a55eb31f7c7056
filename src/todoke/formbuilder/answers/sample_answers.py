"""Sample answers 記入例: valid answers generated from a document, for the publish check, trials and tests."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from todoke.formbuilder.answers.journey import AnswerKey, Answers, Journey
from todoke.formbuilder.document.day_limits import limit_day
from todoke.formbuilder.document.question_types import Value, digits_asked
from todoke.formbuilder.document.structure import WITHOUT_INPUT, DayKind, Document, Question, QuestionKind
from todoke.japanese.calendar import today

Pick = Callable[[Question], int]

_SAMPLES: Mapping[QuestionKind, Value] = {
    QuestionKind.NAME: {"family": "見本", "given": "花子", "family_kana": "ミホン", "given_kana": "ハナコ"},
    QuestionKind.DATE: "令和2年4月1日",
    QuestionKind.ADDRESS: {"postal": "100-0001", "region": "東京都千代田区千代田", "street": "1-1", "building": ""},
    QuestionKind.PHONE: "03-0000-0000",
    QuestionKind.EMAIL: "mihon@example.jp",
    QuestionKind.SHORT_TEXT: "見本",
    QuestionKind.LONG_TEXT: "見本の文章です。",
    QuestionKind.DECLARATION: "yes",
    QuestionKind.FILE: ["見本.pdf"],
    QuestionKind.CORPORATE_NUMBER: "7000012050002",
    QuestionKind.MY_NUMBER: "123456789018",
    QuestionKind.BANK_ACCOUNT: {
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


def sample_answer(question: Question, pick: int = 0, on: date | None = None) -> Value:
    """Return a valid answer to a question; ``pick`` is the index of the chosen option, ``on`` the day of applying."""
    if limit := question.earliest or question.latest:
        return f"{limit_day(limit, on or today()):%Y年%m月%d日}"
    if question.day is DayKind.FUTURE:
        return f"{(on or today()) + timedelta(days=30):%Y年%m月%d日}"
    values = question.option_values()
    if question.kind is QuestionKind.CHOICES:
        return [values[pick % len(values)]]
    if values:
        return values[pick % len(values)]
    if question.kind in {QuestionKind.NUMBER, QuestionKind.MONEY}:
        return str(question.low if question.low is not None else min(1, question.high or 1))
    if question.alternative:
        return {**_RARE_NAME}
    if question.kind is QuestionKind.SHORT_TEXT and (digits := digits_asked(question.label)):
        return "1" * digits
    if question.kind in {QuestionKind.SHORT_TEXT, QuestionKind.LONG_TEXT} and (question.low or question.high):
        text = str(_SAMPLES[question.kind])
        return (text * ((question.low or 0) // len(text) + 1))[: question.high]
    return _SAMPLES.get(question.kind, "")


def first_option(question: Question) -> int:
    """Return 0, the index of the first option of any question."""
    return 0


def sample_answers(
    document: Document, on: date, given: Answers | None = None, pick: Pick = first_option
) -> dict[AnswerKey, Value]:
    """Return answers to every shown question, keeping the given ones; hidden questions stay unanswered."""
    answers: dict[AnswerKey, Value] = dict(given or {})
    for page in document.pages:
        for _ in range(len(list(page.questions())) + 1):
            journey = Journey(document, answers, on)
            asked = {
                AnswerKey(question.id, row): sample_answer(question, pick(question), on)
                for _, question, row in journey.shown_questions(page)
                if AnswerKey(question.id, row) not in answers and question.kind not in WITHOUT_INPUT
            }
            if not asked:
                break
            place = next(iter(asked))
            answers[place] = asked[place]
            for key, value in asked.items():
                answers.setdefault(key, value)
    present = Journey(document, answers, on).present()
    return {key: value for key, value in answers.items() if key in present}
