"""Answer parts 回答の部分: the parts of answers that are more than one text, with their labels."""

from collections.abc import Mapping

from todoke.formbuilder.answers.name_spellings import ALTERNATIVE_PARTS
from todoke.formbuilder.document.structure import Question, QuestionKind

PARTS: Mapping[QuestionKind, Mapping[str, str]] = {
    QuestionKind.NAME: {"family": "氏", "given": "名", "family_kana": "氏(フリガナ)", "given_kana": "名(フリガナ)"},
    QuestionKind.ADDRESS: {
        "postal": "郵便番号",
        "region": "都道府県・市区町村・町名",
        "street": "丁目・番地・号",
        "building": "建物名・部屋番号",
    },
    QuestionKind.BANK_ACCOUNT: {
        "bank": "金融機関名",
        "branch": "支店名",
        "type": "預金の種類",
        "number": "口座番号",
        "holder": "口座名義(カナ)",
    },
}
OPTIONAL_PARTS = {"building", *ALTERNATIVE_PARTS}
ACCOUNT_TYPES = ("普通", "当座", "貯蓄")


def parts_of(question: Question) -> Mapping[str, str]:
    """Return the labels of the parts of an answer by part; empty where an answer is one text."""
    parts = PARTS.get(question.kind, {})
    return {**parts, **ALTERNATIVE_PARTS} if question.alternative else parts
