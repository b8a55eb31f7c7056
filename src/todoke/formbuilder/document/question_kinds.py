"""Question kinds 設問の種類: the kinds of questions and of days, and how much an answer is required, with labels."""

from enum import StrEnum


class QuestionKind(StrEnum):
    """設問の種類: decides the input, validation and normalisation of an answer."""

    NAME = "name"
    DATE = "date"
    ADDRESS = "address"
    PHONE = "phone"
    EMAIL = "email"
    SHORT_TEXT = "short_text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    MONEY = "money"
    CHOICE = "choice"
    CHOICES = "choices"
    YES_NO = "yes_no"
    FILE = "file"
    DECLARATION = "declaration"
    INFORMATION = "information"
    CORPORATE_NUMBER = "corporate_number"
    BANK_ACCOUNT = "bank_account"
    CALCULATED = "calculated"
    MY_NUMBER = "my_number"


WITHOUT_INPUT = frozenset({QuestionKind.INFORMATION, QuestionKind.CALCULATED})
KIND_LABELS: dict[QuestionKind, str] = {
    QuestionKind.NAME: "氏名(フリガナつき)",
    QuestionKind.DATE: "日付(和暦・西暦)",
    QuestionKind.ADDRESS: "住所",
    QuestionKind.PHONE: "電話番号",
    QuestionKind.EMAIL: "メールアドレス",
    QuestionKind.SHORT_TEXT: "短い文章",
    QuestionKind.LONG_TEXT: "長い文章",
    QuestionKind.NUMBER: "数",
    QuestionKind.MONEY: "金額(円)",
    QuestionKind.CHOICE: "一つ選ぶ",
    QuestionKind.CHOICES: "いくつでも選ぶ",
    QuestionKind.YES_NO: "はい・いいえ",
    QuestionKind.FILE: "書類の添付",
    QuestionKind.DECLARATION: "同意・宣誓",
    QuestionKind.INFORMATION: "説明文(答えは不要)",
    QuestionKind.CORPORATE_NUMBER: "法人番号",
    QuestionKind.BANK_ACCOUNT: "振込先口座",
    QuestionKind.CALCULATED: "計算(答えは不要)",
    QuestionKind.MY_NUMBER: "個人番号(根拠を書いたときだけ)",
}


class Required(StrEnum):
    """必須の度合い: hard blocks submission, soft only warns, staff is answered by the office."""

    HARD = "hard"
    SOFT = "soft"
    STAFF = "staff"
    NO = "no"


class DayKind(StrEnum):
    """日の種類: which days answer a question for a date: any, a birth, what has happened, or what is to come."""

    ANY = "any"
    BIRTH = "birth"
    PAST = "past"
    FUTURE = "future"


DAY_LABELS: dict[DayKind, str] = {
    DayKind.ANY: "決めない",
    DayKind.BIRTH: "生まれた日(未来と、120年より前を受け付けない)",
    DayKind.PAST: "もうあったことの日(未来を受け付けない)",
    DayKind.FUTURE: "これからのことの日(過ぎた日を受け付けない)",
}
