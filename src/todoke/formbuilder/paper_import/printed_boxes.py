"""Printed boxes 欄の印刷: what the print inside a box tells of its answer: parts, periods, units, room to write."""

import re
from dataclasses import dataclass

from todoke.formbuilder.document.question_kinds import QuestionKind
from todoke.formbuilder.paper_import import choice_lists, exclusion_rules
from todoke.formbuilder.paper_import.label_rules import kind_of
from todoke.formbuilder.paper_import.plain_text import bare, join_letters

_BLANK = re.compile(r"^[\s_.・,…()\[\]〔〕~〜\-ー@/:'|]*$")
DAY = re.compile(r"(?:(?<=令和)|(?<=平成)|(?<=昭和)|(?<=大正)|(?<=明治)|(?<=西暦)|(?<![一-龠]))年[\s_]*月[\s_]*日")
_MONTH = re.compile(r"(?:(?<=和)|(?<=成)|(?<![一-龠]))年[\s_]*月|^[\s_]*月[\s_]*日")
_DOTTED_DAY = re.compile(r"^\s*[.・/]\s+[.・/]\s*$|^\s+[.・/]\s+[.・/]\s*$")
_TIME = re.compile(r"時[\s_]{0,20}分|時(?:頃|ごろ)|時\s*(?:から|まで|~|〜|-|$)", re.MULTILINE)
_ERAS = re.compile(r"^(?:明治|大正|昭和|平成|令和|西暦|[明大昭平令MTSHR]|[・、,/.\s])+$")
_COUNTED = (
    r"人|名|通|枚|部|頭|台|個|件|回|m2|m3|m|cm|km|ha|a|平方メートル|歳|才|年生|日間|年間|時間|か月間?|ヶ月間?|ヵ月間?|カ月間?|匹|戸|棟|階|トン|t|kg|"
    r"L|本|冊|脚|世帯|区画|口|基|セット|kW|%|点|杯|泊|番目|室|株"
)
_UNITS = re.compile(rf"[\s\d,.約計満第全延べ()~〜_]*(?:{_COUNTED})[\s()]*")
_UNIT = re.compile(rf"(?:^|[\s満約])({_COUNTED})[\s()]*$")
_YEN = re.compile(r"[\s\d,金約計¥\\()_一]{0,80}(?:円|千円)(?:也)?[\s()]{0,40}|金\s{1,80}|[¥\\]\s{0,40}-?\s{0,40}")
_PHONE = re.compile(r"^[\s()_\-]*$")
_PHONE_SIGNS = re.compile(r"\( *\)|(?:^|\s)-(?:\s|$)")
_PRINT = re.compile(
    rf"{_COUNTED}|年度|番地|生まれ|曜日|うち|から|まで|より|ごろ|千円|明治|大正|昭和|平成|令和|西暦|TEL|FAX|No|午前|午後|AM|PM|"
    r"[明大昭平令MTSHR](?=[・,、/.\s]|$)|[年月日時分秒円組番号曜金約第計満生頃也様殿〒\s\d@.,、。・:/~〜\-ー()〔〕\[\]_…−'¥\\]"
)
_PREFIX = re.compile(r"^[一-龠ぁ-んァ-ヶ]{1,12}[都道府県市区町村郡]\s*$|都\s*道\s*府\s*県|市\s*区\s*町\s*村")
_PART = re.compile(
    r"(?:^|(?<=[\s)・]))\(?([^\s()□\d::・~〜\-_]{1,10})\)?\s{0,4}(?:[::]|(?=\( {1,40}\))|(?= {3})|(?=_{2})|(?=\n)|$)"
)
_HINT = re.compile(
    r"^\([^()]{4,}\)$|^[※*(]?例|ください|下さい|(?:記入|記載)(?:して|する|の上|例|不要)|^[※*]|詳しく|具体的"
)
_SAID = re.compile(r"(?:[\d年月日時分頃生個人枚通円号第.\-/]|令和|平成|[明大昭平令]|から|まで)*|印|No\.?")
STRONG = frozenset({QuestionKind.PHONE, QuestionKind.EMAIL, QuestionKind.DATE, QuestionKind.BANK_ACCOUNT})
_NAMED_DAY = re.compile(r"^\s{0,20}([一-龠ぁ-んァ-ヶ]{2,12})[::\s]")
_TELEPHONES = re.compile(r"自宅|携帯|勤務|会社|職場|固定|昼|夜|日中|本人|緊急|内線|事務所|実家")
NOT_TICKED = "!"
ROLES = ("blank", "seal", "print", "choice", "hint", "words")


@dataclass(frozen=True)
class Asked:
    """聞くこと: one question of a box; ``behind`` is the option of the first question that asks for it."""

    label: str
    kind: QuestionKind
    options: tuple[str, ...] = ()
    behind: str = ""
    unit: str = ""
    help: str = ""


def is_form_of_answer(text: str) -> bool:
    """Tell whether a text only says how an answer is written: 年 月 日, 昭・平・令, 約   人, 第   号."""
    return text != "" and not _PRINT.sub("", text)


def is_blank(text: str) -> bool:
    """Tell whether a box is empty."""
    return bool(_BLANK.match(text)) or text.strip() in {"〒", "TEL", "FAX"}


def has_seal(text: str) -> bool:
    """Tell whether a line ends with a place for a seal."""
    return bool(re.search(r"(?:\s|^|[)])(?:印|\(印\))\s*$|\(印\)", text))


def without_seal(text: str) -> str:
    """Return a text without the place for a seal at its end."""
    return re.sub(r"\(印\)|(?:(?<=\s)|^)印\s*$", "", text)


def printed_kind(text: str) -> QuestionKind | None:
    """Return the kind indicated by what is printed in an empty box: 年 月 日, 円, 人, ( ) -, 〒; else None."""
    shown = re.sub(r"\([^()]{0,80}[一-龠ぁ-ん]{2}[^()]{0,80}\)\s{0,40}$", "", without_seal(text)).strip(" \n")
    if DAY.search(shown) or _DOTTED_DAY.match(text) or (_MONTH.search(shown) and is_form_of_answer(shown)):
        return QuestionKind.DATE
    if shown.startswith("〒") or (_PREFIX.search(shown) and len(shown) < 40):
        return QuestionKind.ADDRESS
    if _YEN.fullmatch(shown):
        return QuestionKind.MONEY
    if _UNITS.fullmatch(shown):
        return QuestionKind.NUMBER
    if "@" in shown and is_form_of_answer(shown):
        return QuestionKind.EMAIL
    if shown and _PHONE.match(shown) and _PHONE_SIGNS.search(text):
        return QuestionKind.PHONE
    return None


def is_fill_in(text: str) -> bool:
    """Tell whether a box has print with room to write between: 「     小学校   年  組」, 「自宅(    )   -    」."""
    shown = "\n".join(join_letters(line) for line in text.strip("\n").split("\n"))
    return (
        len(shown) <= 160
        and "。" not in shown
        and bool(re.search(r" {3}|_{2}|\( {1,60}\)|…{2}|^ {2}|  \S|\n\s{0,40}$", shown))
        and not re.fullmatch(r"\s*(?:\S\s+)+\S\s*", shown)
    )


def is_print(text: str) -> bool:
    """Tell whether a box is for an answer: blank, or a printed pattern of one."""
    if len(shown := text.strip()) > 1 and not re.search(r"[\s\d@]", shown) and kind_of(shown) is not None:
        return False
    if re.fullmatch(r" {3,}[一-龠ァ-ヶ]{1,4}", text):
        return True
    if re.search(r"\d", shown.replace("m2", "").replace("m3", "")) and not re.search(r"\s|^[\d.()]*$", text.rstrip()):
        return False
    return is_blank(text) or printed_kind(text) is not None or bool(is_form_of_answer(text) or _ERAS.match(text))


def is_hint(text: str) -> bool:
    """Tell whether the print of a box says how to answer: (具体的に記入してください), 例)..."""
    choices = choice_lists.read_choices(text)
    told = re.search(r"^[※*]|(?:ください|下さい)。?\)?$", text.strip())
    return bool(_HINT.search(text.strip())) and (choices is None or (bool(told) and not choices.ticked))


def parts_of(text: str) -> list[str]:
    """Return the words that each name a part of an answer before its room: 自宅(   )  携帯(   )."""
    if text.startswith("  ") or (not is_fill_in(text) and not re.search(r"[::]\s*$|\n", text)):
        return []
    found = [one for one in _PART.findall(without_seal(text)) if not is_form_of_answer(one) and not _PREFIX.search(one)]
    return found if len(found) <= 6 else []


def questions_of(label: str, text: str, told: str = "") -> list[Asked]:
    """Return what a labelled box asks: choices, the first and last day of a period, named parts, or one answer."""
    kind, shown = kind_of(label), without_seal(text)
    if len(DAY.findall(shown)) >= 2 or (len(re.findall(r"月[\s_]*日", shown)) >= 2 and re.search(r"から|~|〜", shown)):
        return _period(label, shown)
    choices = choice_lists.read_choices(shown)
    if choices and (choices.ticked or not _keeps_kind(kind, choices)):
        return _chosen(label, kind, choices, f"{label} {told} {text[:20]}")
    printed = printed_kind(shown)
    if printed is QuestionKind.DATE and kind is not QuestionKind.DATE and DAY.search(shown):
        kind = QuestionKind.DATE
    parts = [] if kind is QuestionKind.BANK_ACCOUNT or kind is QuestionKind.DATE else parts_of(shown)
    if parts and (len(parts) > 1 or kind not in {QuestionKind.ADDRESS, QuestionKind.NAME}):
        return [Asked(f"{label}({part})", _kind_of_part(kind, part), ()) for part in parts]
    kind = kind or printed or QuestionKind.SHORT_TEXT
    counted = _UNIT.search(shown) if kind is QuestionKind.NUMBER else None
    return [Asked(label, kind, unit=counted[1] if counted else "")]


def _kind_of_part(kind: QuestionKind | None, part: str) -> QuestionKind:
    told = kind_of(part)
    if kind is QuestionKind.PHONE and told is None:
        return kind if _TELEPHONES.search(part) else QuestionKind.SHORT_TEXT
    return kind if kind in STRONG and told is None else told or kind or QuestionKind.SHORT_TEXT


def _keeps_kind(kind: QuestionKind | None, choices: choice_lists.Choices) -> bool:
    """Tell whether words with ・ only say which: 連絡先 (自宅・携帯); 銀行・信用金庫・農協."""
    return kind in STRONG and not {"有", "無", "希望する", "普通", "普通預金"} & set(choices.options)


def _chosen(label: str, kind: QuestionKind | None, choices: choice_lists.Choices, told: str) -> list[Asked]:
    if len(choices.options) == 1:
        return _single(label, kind, choices)
    asked = [Asked(label, choice_lists.kind_of_choices(choices, label, told), choices.options)]
    for option, detail in choices.details:
        within = choice_lists.read_choices(detail)
        words = re.sub(r"[\s_::()…・]", "", re.sub(r"円|台|人|年|月|日|通|枚|本|脚", "", detail))[:20]
        name = re.sub(r"[\s_::()…]+", "", detail)[:20] if words else option
        if within and not within.ticked and len(within.options) == 2:
            asked.append(Asked(f"{label}({option}の別)", QuestionKind.CHOICE, within.options, option))
        elif within and within.ticked:
            asked.append(Asked(f"{label}({within.options[0]})", QuestionKind.YES_NO, (), option))
        else:
            asked.append(Asked(f"{label}({name})", _detail_kind(kind, words, detail), (), option))
    return asked


def _detail_kind(kind: QuestionKind | None, words: str, detail: str) -> QuestionKind:
    shaped = printed_kind(detail) if detail.strip() else None
    if shaped is None and re.search(r"円\s*$", detail):
        shaped = QuestionKind.MONEY
    address = kind if kind in {QuestionKind.ADDRESS, QuestionKind.NAME} and not words else None
    return (kind_of(words) if words else None) or shaped or address or QuestionKind.SHORT_TEXT


def _single(label: str, kind: QuestionKind | None, choices: choice_lists.Choices) -> list[Asked]:
    """One tick beside a label: consent, 「同上」 in the place of an answer, or yes."""
    option = choices.options[0]
    if is_consent(option):
        return [Asked(option, QuestionKind.DECLARATION)]
    if kind is not None and re.search(r"同じ|同上|同左|上記|省略|様", option):
        return [Asked(f"{label}({option})", QuestionKind.YES_NO), Asked(label, kind, (), NOT_TICKED)]
    return [Asked(label, QuestionKind.YES_NO)] if kind is None or choices.ticked else [Asked(label, kind)]


def is_consent(words: str) -> bool:
    """Tell whether a sentence is one that the applicant agrees to or swears."""
    if re.search(r"同意(?:しません|しない)", words):
        return False
    return bool(
        re.search(r"同意|誓約|誓い|相違(?:あり|ござい)ません|確認しました|承諾|了承|遵守|守ります|異議", bare(words))
    ) and (bool(re.search(r"(?:ます|ません|ました|する|します|こと)[。]?(?:\([^()]*\))?$", bare(words))))


def consents_of(text: str) -> list[Asked]:
    """Return a declaration for each box to tick where all are sentences of consent; else nothing."""
    choices = choice_lists.read_choices(text)
    if choices is None or not choices.ticked or not all(is_consent(option) for option in choices.options):
        return []
    return [Asked(option, QuestionKind.DECLARATION) for option in choices.options]


def _period(label: str, text: str) -> list[Asked]:
    hours = bool(_TIME.search(text))
    asked: list[Asked] = []
    named = [one[1] for line in text.split("\n") if (one := _NAMED_DAY.match(line)) and not is_print(one[1])]
    for end in named if len(named) > 1 else ("から", "まで"):
        asked.append(Asked(f"{label}({end})", QuestionKind.DATE))
        if hours:
            asked.append(Asked(f"{label}({end})の時刻", QuestionKind.SHORT_TEXT))
    return asked


def says_more(text: str, asked: list[Asked]) -> bool:
    """Tell whether a box has printed words that neither a question nor its choices say."""
    said = bare("".join(one.label + "".join(one.options) for one in asked))
    return any(bare(word) not in said for word in words_of(without_seal(text)))


def words_of(text: str) -> list[str]:
    """Return the printed words of a text that say more than the form of an answer (年 月 日, 枚, 印)."""
    words = re.split(rf"[\s,、()::_・〒※¥{choice_lists.TICKS}]+", text)
    return [word for word in words if word and not _SAID.fullmatch(word)]


def role_of(text: str) -> str:
    """Return what a text in a cell is: blank, seal, print, choice, hint, or words (a label, a heading, a note)."""
    shown = text.strip(" \n")
    if is_blank(text):
        return "blank"
    if exclusion_rules.SEAL.match(bare(text)):
        return "print" if text.startswith("   ") else "seal"
    if is_print(text):
        return "print"
    choices = choice_lists.read_choices(text)
    if choices is not None and (
        choices.ticked or choice_lists.is_plainly_a_choice(choices) or bare(shown).startswith("(")
    ):
        return "choice" if not choices.before or not choices.ticked else "words"
    if is_hint(text):
        return "hint"
    return "words"
