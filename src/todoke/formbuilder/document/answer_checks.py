"""Answer checks 回答の確かめ: the errors of an answer that was given, by its kind of question."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping

from django.utils.translation import gettext as _
from stdnum.jp import cn, in_

from todoke.formbuilder.answers.name_spellings import alternative_errors
from todoke.formbuilder.document.answer_parts import ACCOUNT_TYPES, OPTIONAL_PARTS, parts_of
from todoke.formbuilder.document.structure import Question, QuestionKind, Required
from todoke.japanese import banks, days, parsers
from todoke.japanese.postal_codes import is_abroad, regions_of
from todoke.japanese.readings import is_reading
from todoke.runtime.mail_addresses import has_misplaced_dot, is_mail_address

Value = str | list[str] | dict[str, str]
PartMessage = tuple[str, str]
ENCRYPTED_PREFIX = "sealed:"
MAX_PART = 200
MAX_NAME_PART = 99

MAX_LENGTH = {
    QuestionKind.SHORT_TEXT: 200,
    QuestionKind.LONG_TEXT: 4000,
    QuestionKind.PHONE: 30,
}
_HOLDER = re.compile(r"[ァ-ヶーA-Z0-9 ()().,，．｢｣「」/\-]+")


def missing_message(question: Question, *, soft: bool = False, at_office: bool = False) -> str:
    """Return the message for a missing answer; ``soft`` for one that may stay empty, ``at_office`` for staff."""
    asked = {"label": question.label}
    if question.required is Required.STAFF:
        return f"「{question.label}」は職員が記入します。空のままでも受け付けられます。"
    if soft and at_office:
        why = "原本を見たとき" if question.kind is QuestionKind.FILE else "ないときや、分からないとき"
        return f"「{question.label}」が空です。{why}は、空のまま受け付けられます。"
    if soft:
        return (
            _("「%(label)s」が空です。分からないときは空のまま進めます。あとで確認の連絡をすることがあります。") % asked
        )
    if question.kind is QuestionKind.DECLARATION:
        return _("内容を読み、同意するときはチェックを入れてください。同意がないと申請できません。")
    if question.kind is QuestionKind.FILE:
        return _("「%(label)s」を添付してください。") % asked
    if question.option_values():
        return _("「%(label)s」を選んでください。") % asked
    return _("「%(label)s」を入力してください。") % asked


def _text(question: Question, value: Value) -> Iterator[PartMessage]:
    longest = question.high or MAX_LENGTH.get(question.kind, 200)
    if isinstance(value, str) and len(value) > longest:
        yield "", _("%(most)d文字以内で入力してください(いま%(now)d文字です)。") % {"most": longest, "now": len(value)}
    elif isinstance(value, str) and len(value.strip()) < (question.low or 0):
        said = {"least": question.low, "now": len(value.strip())}
        yield "", _("%(least)d文字以上で入力してください(いま%(now)d文字です)。") % said


def _date(question: Question, value: Value) -> Iterator[PartMessage]:
    if isinstance(value, str) and re.fullmatch(r"\d{1,3}年.*", parsers.to_half_width(value)):
        yield "", _("元号(令和・平成・昭和など)を選ぶか、西暦を4桁で入力してください。")
    elif not isinstance(value, str) or days.parse_date(value) is None:
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
    if isinstance(value, str) and is_mail_address(value):
        return
    if isinstance(value, str) and has_misplaced_dot(value):
        yield (
            "",
            _(
                "@の前が「.」で始まるか終わるか、「..」と続くアドレスには、メールが届きません。ほかのアドレスを使ってください。"
            ),
        )
    else:
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
        if part not in {*OPTIONAL_PARTS, *_left_out(question, value)} and not text.strip():
            yield part, _("%(part)sを入力してください。") % {"part": _(label)}
        elif len(text) > (most := MAX_NAME_PART if question.kind is QuestionKind.NAME else MAX_PART):
            yield part, _("%(part)sは%(most)d文字以内で入力してください。") % {"part": _(label), "most": most}


def _left_out(question: Question, value: dict[str, str]) -> Iterator[str]:
    """Yield the parts that this answer does without: one of two names, and the postal code of a place abroad."""
    if question.kind is QuestionKind.NAME:
        for part, other in (("family", "given"), ("given", "family")):
            if value.get(other, "").strip() and not value.get(part, "").strip():
                yield from (part, f"{part}_kana")
    elif question.kind is QuestionKind.ADDRESS and is_abroad(value.get("region", "")) is not False:
        yield "postal"


def _name(question: Question, value: Value) -> Iterator[PartMessage]:
    if not isinstance(value, dict):
        yield "", _("氏名を入力してください。")
        return
    yield from _missing_parts(question, value)
    for part in ("family_kana", "given_kana"):
        if not is_reading(value.get(part, "")):
            yield part, _("フリガナはカタカナ(またはひらがな、ローマ字)で入力してください。")
    if question.alternative:
        yield from alternative_errors(value)


def _address(question: Question, value: Value) -> Iterator[PartMessage]:
    if not isinstance(value, dict):
        yield "", _("住所を入力してください。")
        return
    postal, region = value.get("postal", "").strip(), value.get("region", "").strip()
    for part, message in _missing_parts(question, value):
        several = part == "region" and len(regions_of(postal)) > 1
        yield part, _("この郵便番号の町は、いくつかあります。選ぶか、入力してください。") if several else message
    if postal and len(parsers.only_digits(postal)) != 7 and is_abroad(region) is False:
        yield "postal", _("郵便番号は7桁の数字です。例: 104-0045")


def part_warnings(question: Question, value: dict[str, str]) -> Iterator[PartMessage]:
    """Yield part and message for what a name or an address does without: some have one name, some live abroad."""
    if question.kind is QuestionKind.NAME:
        for part in ("family", "given"):
            if part in _left_out(question, value):
                message = _("%(part)sが空です。名前が一つだけの方は、このまま進めます。")
                yield part, message % {"part": _(parts_of(question)[part])}
    region, postal = value.get("region", ""), value.get("postal", "")
    if question.kind is QuestionKind.ADDRESS and is_abroad(region) is None and len(parsers.only_digits(postal)) != 7:
        yield "postal", _("郵便番号を確かめてください。海外の住所のときは、このまま進めます。")


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


def unknown_bank(value: dict[str, str]) -> Iterator[PartMessage]:
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
