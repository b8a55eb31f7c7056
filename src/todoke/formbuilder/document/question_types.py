"""Question types 設問の種類: validation, normalisation and display of the answers of each kind of question.

An answer keeps every character as typed; the normalised form is stored beside it for comparing, sorting and searching.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from todoke.design.page_forms import in_english, write_day, write_yen
from todoke.formbuilder.answers.name_spellings import alternative_name, alternative_warnings
from todoke.formbuilder.document import answer_checks
from todoke.formbuilder.document.answer_checks import CHECKS, part_warnings, unknown_bank
from todoke.formbuilder.document.answer_parts import PARTS
from todoke.formbuilder.document.structure import Question, QuestionKind
from todoke.japanese import days, parsers
from todoke.japanese.calendar import era_year, format_era_date
from todoke.japanese.postal_codes import is_abroad
from todoke.runtime.mail_addresses import mail_address

Value = answer_checks.Value
PartMessage = answer_checks.PartMessage
ENCRYPTED_PREFIX = answer_checks.ENCRYPTED_PREFIX
MASK = "●●●●●●●●●●●●"
ERAS = ("令和", "平成", "昭和", "大正", "明治")

_WRITTEN_DAY = re.compile(r"[年月]|[A-Za-z]\.?\d")
_DIGITS_ASKED = re.compile(r"[(（](\d{1,2})\s?(?:桁|digits)[)）]")
_TWELVE = re.compile(r"(?<!\d)(?<!\d[ \-])\d(?:[ \-]?\d){11}(?![ \-]?\d)")


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
        read = days.parse_date(text)
        return read.isoformat() if read else ""
    if question.kind in {QuestionKind.NUMBER, QuestionKind.MONEY, QuestionKind.CALCULATED}:
        number = parsers.parse_integer(text)
        return "" if number is None else str(number)
    if question.kind in {QuestionKind.PHONE, QuestionKind.CORPORATE_NUMBER} or part in {"postal", "number"}:
        return parsers.only_digits(text)
    if question.kind is QuestionKind.EMAIL:
        return mail_address(text).lower()
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


def _list_sign() -> str:
    """Return what stands between the parts of a list in the language of the page."""
    return ", " if in_english() else "、"


def display_text(question: Question, value: Value | None) -> str:
    """Return an answer as text for people: as typed, with the other calendar beside a date; a My Number masked."""
    if value is None or is_blank(value):
        return ""
    if question.kind is QuestionKind.MY_NUMBER:
        return MASK
    if isinstance(value, list):
        return _list_sign().join(question.option_label(text) for text in value)
    if isinstance(value, dict):
        return _written_parts(question.kind, value)
    if question.option_values():
        return question.option_label(value)
    if question.kind is QuestionKind.DATE:
        return _with_other_calendar(unicodedata.normalize("NFKC", value), days.parse_date(value))
    if question.kind is QuestionKind.CALCULATED and (number := parsers.parse_integer(value)) is not None:
        return f"{number:,}{question.unit}"
    if question.kind is QuestionKind.NUMBER and (number := parsers.parse_integer(value)) is not None:
        return f"{number}{question.unit}"
    if question.kind is QuestionKind.PHONE:
        return parsers.to_ascii_hyphens(value).strip()
    if question.kind is QuestionKind.EMAIL:
        return mail_address(value)
    if question.kind is QuestionKind.MONEY and (number := parsers.parse_integer(value)) is not None:
        return write_yen(number)
    return value


def _with_other_calendar(value: str, read: date | None) -> str:
    """Return a day as typed with its other calendar beside it, and with its own era where the written one had ended.

    A day typed in figures alone (2026-11-02) is written out; English pages write every day in English.
    """
    if read is None:
        return value
    if in_english():
        return write_day(read)
    if not _WRITTEN_DAY.search(value):
        value = f"{read.year}年{read.month}月{read.day}日"
    era = era_year(read)[0] if read >= date(1873, 1, 1) else ""
    if written := next((name for name in ERAS if value.startswith(name)), ""):
        own = f"、{format_era_date(read)}" if era and era != written else ""
        return f"{value}({write_day(read)}{own})"
    return f"{value}({format_era_date(read)})" if era else value


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
        if not mark and is_abroad(part.get("region", "")) and part.get("postal"):
            mark = f"{part['postal']} "
        building = f" {part['building']}" if part.get("building") else ""
        return f"{mark}{part.get('region', '')}{part.get('street', '')}{building}"
    return " ".join(
        _(part.get(name, "")) if name == "type" else part.get(name, "") for name in PARTS[kind] if part.get(name)
    )


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


def digits_asked(label: str) -> int | None:
    """Return the number of digits that a label asks for, as in 番号(10桁); None where it asks for none."""
    asked = _DIGITS_ASKED.search(label)
    return int(asked[1]) if asked else None


def _digit_warnings(label: str, value: str) -> Iterator[PartMessage]:
    """Yield a warning where a label asks for a number of so many digits and something else was typed."""
    wanted = digits_asked(label)
    if wanted is None:
        return
    typed = parsers.only_digits(value)
    if len(typed) != wanted or typed != parsers.to_ascii_hyphens(value).replace("-", "").replace(" ", ""):
        yield "", _("%(count)d桁の数字の番号です。書類を見て、確かめてください。") % {"count": wanted}


def answer_warnings(question: Question, value: Value) -> Iterator[PartMessage]:
    """Yield part and message for possible mistakes: an unknown bank, uncommon characters, a My Number in a text."""
    if question.kind is QuestionKind.BANK_ACCOUNT and isinstance(value, dict):
        yield from unknown_bank(value)
    if isinstance(value, dict):
        yield from part_warnings(question, value)
    if question.alternative and isinstance(value, dict):
        yield from alternative_warnings(value)
    if question.kind is QuestionKind.SHORT_TEXT and isinstance(value, str):
        yield from _digit_warnings(question.label, value)
    if (
        question.kind in {QuestionKind.SHORT_TEXT, QuestionKind.LONG_TEXT}
        and isinstance(value, str)
        and _TWELVE.search(parsers.to_ascii_hyphens(value))
    ):
        yield (
            "",
            _("12桁の数字があります。マイナンバー(個人番号)は書かないでください。マイナンバーのときは消してください。"),
        )
