"""Question reader 設問の読み取り: parses one question of a definition, or rejects it with the path of a defect."""

import re

from todoke.formbuilder.document.conditions import Condition, read_condition
from todoke.formbuilder.document.day_limits import is_limit
from todoke.formbuilder.document.file_limits import FILE_LABELS, MAX_MEGABYTES
from todoke.formbuilder.document.formulas import Formula, read_formula
from todoke.formbuilder.document.schema_reader import InvalidDefinition, Reader, read_text
from todoke.formbuilder.document.structure import CHANNEL, FACTS, DayKind, Option, Question, QuestionKind, Required

_BIRTH = re.compile("生年月日|生まれた日")


def when_of(reader: Reader) -> Condition | None:
    """Return the condition of a part, None without one. Raises InvalidDefinition."""
    data = reader.get("when")
    return None if data is None else read_condition(data, reader.path("when"))


def _formula(reader: Reader) -> Formula | None:
    data = reader.get("formula")
    return None if data is None else read_formula(data, reader.path("formula"))


def _option(data: object, place: str) -> Option:
    reader = Reader(data, place)
    option = Option(reader.identifier("value"), reader.text("label", limit=120, required=True))
    reader.reject_unknown_keys()
    return option


def _day_kind(reader: Reader) -> DayKind:
    """Return the declared kind of a day; undeclared, that of a birth where the label asks for one."""
    is_birth = reader.get("kind") == QuestionKind.DATE and _BIRTH.search(str(reader.get("label", "")))
    kinds = [kind.value for kind in DayKind]
    return DayKind(reader.choice("day", kinds, DayKind.BIRTH.value if is_birth else DayKind.ANY.value))


def _check_limits(question: Question, reader: Reader) -> None:
    """Raise InvalidDefinition for a limit of days or files that cannot be kept."""
    for name, limit in (("earliest", question.earliest), ("latest", question.latest)):
        if limit and (question.kind is not QuestionKind.DATE or not is_limit(limit)):
            raise InvalidDefinition(reader.path(name), "受け付ける日の範囲は「日付」の設問に、日付か日数で付けます。")
    files = question.kind is QuestionKind.FILE
    if ((question.accepts or question.megabytes) and not files) or not set(question.accepts) <= set(FILE_LABELS):
        raise InvalidDefinition(
            reader.path("accepts"), "ファイルの種類と大きさは「書類の添付」の設問にだけ付けられます。"
        )


def read_question(data: object, place: str) -> Question:
    """Return a question. Raises InvalidDefinition with the path of its first defect."""
    reader = Reader(data, place)
    question = Question(
        id=reader.identifier(),
        kind=QuestionKind(reader.choice("kind", [kind.value for kind in QuestionKind])),
        label=reader.text("label", limit=300, required=True),
        help=reader.text("help", limit=1000, lines=True),
        example=reader.text("example", limit=200),
        required=Required(reader.choice("required", [word.value for word in Required], Required.HARD.value)),
        sensitive=reader.flag("sensitive"),
        keep=reader.flag("keep"),
        open_data=reader.flag("open_data"),
        options=reader.items("options", _option, most=100),
        low=reader.number("low", low=-(10**12), high=10**12),
        high=reader.number("high", low=-(10**12), high=10**12),
        when=when_of(reader),
        formula=_formula(reader),
        unit=reader.text("unit", limit=10),
        draw=reader.flag("draw"),
        alternative=reader.flag("alternative"),
        day=_day_kind(reader),
        not_before=reader.text("not_before", limit=60),
        same_as=reader.items("same_as", read_text, most=20),
        unchanged=reader.text("unchanged", limit=60),
        forced_at=reader.items("forced_at", read_text, most=4),
        earliest=reader.text("earliest", limit=10),
        latest=reader.text("latest", limit=10),
        accepts=reader.items("accepts", read_text, most=5),
        megabytes=reader.number("megabytes", low=1, high=MAX_MEGABYTES),
    )
    reader.reject_unknown_keys()
    _check_limits(question, reader)
    if question.draw and question.kind is not QuestionKind.FILE:
        raise InvalidDefinition(reader.path("draw"), "画面の署名は「書類の添付」の設問にだけ付けられます。")
    if question.kind is not QuestionKind.DATE and (question.day is not DayKind.ANY or question.not_before):
        raise InvalidDefinition(reader.path("day"), "日の種類は「日付」の設問にだけ付けられます。")
    if not set(question.forced_at) <= {option.value for option in FACTS[CHANNEL].options}:
        raise InvalidDefinition(reader.path("forced_at"), "必須にする受付経路は、オンライン・窓口・郵送・電話です。")
    if question.alternative and question.kind is not QuestionKind.NAME:
        raise InvalidDefinition(reader.path("alternative"), "代替表記は「氏名」の設問にだけ付けられます。")
    if (question.kind is QuestionKind.CALCULATED) == (question.formula is None):
        raise InvalidDefinition(reader.path("formula"), "計算式は「計算」の設問にだけ、必ず付けてください。")
    choosing = question.kind in {QuestionKind.CHOICE, QuestionKind.CHOICES}
    if choosing == (not question.options):
        raise InvalidDefinition(
            reader.path("options"), "選択肢は「一つ選ぶ」「いくつでも選ぶ」にだけ、1個以上付けてください。"
        )
    if question.unchanged and question.unchanged not in question.option_values():
        raise InvalidDefinition(reader.path("unchanged"), "「変わりなし」のときの答えは、選択肢の一つにしてください。")
    if len({option.value for option in question.options}) < len(question.options):
        raise InvalidDefinition(reader.path("options"), "選択肢の値が重なっています。")
    if question.low is not None and question.high is not None and question.low > question.high:
        raise InvalidDefinition(reader.path("low"), "下限が上限を超えています。")
    return question
