"""Answers as people type them, and questions of one kind that are asked for them."""

from typing import Any

from todoke.formbuilder.document.structure import Option, Question, QuestionKind

NAME = {"family": "髙橋", "given": "花子", "family_kana": "タカハシ", "given_kana": "ハナコ"}
ADDRESS = {"postal": "104-0045", "region": "東京都中央区築地", "street": "1-1", "building": ""}
ACCOUNT = {
    "bank": "みずほ銀行",
    "branch": "東京営業部",
    "type": "普通",
    "number": "１２３４５６７",
    "holder": "ﾀｶﾊｼ ﾊﾅｺ",
}


def asked(kind: QuestionKind, **more: Any) -> Question:
    return Question("q", kind, "設問", **more)


CHOICE = asked(QuestionKind.CHOICE, options=(Option("post", "郵送"), Option("counter", "窓口")))
