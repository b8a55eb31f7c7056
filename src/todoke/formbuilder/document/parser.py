"""Parser 定義の読み取り: parses a JSON definition into a document, or rejects it with the path of its first defect."""

import hashlib
import json
import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from django.conf import settings

from todoke.formbuilder.document.conditions import Condition, read_condition
from todoke.formbuilder.document.formulas import Formula, read_formula
from todoke.formbuilder.document.schema_reader import InvalidDefinition, Reader, read_text
from todoke.formbuilder.document.structure import (
    CHANNEL,
    FACTS,
    DayKind,
    Document,
    FormPage,
    Group,
    Guide,
    Option,
    Paper,
    Question,
    QuestionKind,
    Repeat,
    Required,
)
from todoke.formbuilder.document.translations import LANGUAGES

SCHEMA = 1
MAX_CHARACTERS = 1_000_000
MAX_QUESTIONS = 400
CACHE_SIZE = 256
_cache: dict[str, Document] = {}
_BIRTH = re.compile("生年月日|生まれた日")
_KEY = re.compile(r"[a-z][a-z0-9_]{0,59}(?:\.[a-z][a-z0-9_]{0,59}){0,2}")


def canonical_json(definition: object) -> str:
    """Return the canonical JSON of a definition, which is hashed, signed and compared byte by byte."""
    return json.dumps(definition, ensure_ascii=False, sort_keys=True, indent=1) + "\n"


def fingerprint(definition: object) -> str:
    """Return the SHA-256 of the canonical JSON."""
    return hashlib.sha256(canonical_json(definition).encode()).hexdigest()


def load_json(text: str) -> object:
    """Parse JSON text. Raises InvalidDefinition above a million characters, for duplicate keys, floats and nesting."""
    if len(text) > MAX_CHARACTERS:
        raise InvalidDefinition(
            "", f"定義が大きすぎます({len(text):,}文字)。{MAX_CHARACTERS:,}文字以内にしてください。"
        )
    try:
        return json.loads(text, object_pairs_hook=_unique, parse_constant=_no_constant, parse_float=_no_constant)
    except RecursionError:
        raise InvalidDefinition("", "入れ子が深すぎます。") from None
    except json.JSONDecodeError as defect:
        raise InvalidDefinition(f"{defect.lineno}行{defect.colno}文字目", "JSONとして読めません。") from None


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise InvalidDefinition(key[:60], "同じ項目が2回書かれています。")
        found[key] = value
    return found


def _no_constant(text: str) -> object:
    raise InvalidDefinition("", f"「{text[:20]}」は使えません。数は整数で書いてください。")


def read_document(data: object) -> Document:
    """Parse a definition strictly. Raises InvalidDefinition with the path of the first defect."""
    reader = Reader(data, "")
    if reader.get("schema") != SCHEMA:
        raise InvalidDefinition("schema", f"定義の形式は {SCHEMA} にしてください。")
    document = Document(
        title=reader.text("title", limit=120, required=True),
        lead=reader.text("lead", limit=1000, lines=True),
        template_note=reader.text("template_note", limit=300),
        my_number_basis=reader.text("my_number_basis", limit=200),
        guide=_guide(reader.get("guide", {}), "guide"),
        papers=reader.items("papers", _paper, most=60),
        pages=reader.items("pages", _page, least=1, most=60),
        translations=_translations(reader.get("translations", {}), "translations"),
    )
    reader.reject_unknown_keys()
    _reject_duplicates("ページ", (page.id for page in document.pages))
    _reject_duplicates("まとまり", (group.id for page in document.pages for group in page.groups))
    ids = [question.id for page in document.pages for _, question in page.questions()]
    _reject_duplicates("設問", [*ids, *FACTS])
    _reject_duplicates("書類", (paper.id for paper in document.papers))
    if len(ids) > MAX_QUESTIONS:
        raise InvalidDefinition("pages", f"設問は{MAX_QUESTIONS}個までです({len(ids)}個あります)。")
    return document


@lru_cache(maxsize=256)
def parse_document(text: str) -> Document:
    """Parse a canonical JSON text; cached in the process."""
    return read_document(load_json(text))


def _reject_duplicates(noun: str, ids: Iterable[str]) -> None:
    seen: set[str] = set()
    for identifier in ids:
        if identifier in seen:
            raise InvalidDefinition(identifier, f"{noun}の識別子が重なっています。")
        seen.add(identifier)


def cached_document(version_hash: str, definition: Callable[[], object]) -> Document:
    """Return the document of a published definition, cached in the process by its fingerprint.

    A definition whose fingerprint does not match is parsed every time and never cached.
    """
    document = _cache.get(version_hash) if "parsed-documents" in settings.SPEED_UPS else None
    if document is None:
        found = definition()
        document = read_document(found)
        if fingerprint(found) == version_hash:
            while len(_cache) >= CACHE_SIZE:
                _cache.pop(next(iter(_cache)), None)
            _cache[version_hash] = document
    return document


def _when(reader: Reader) -> Condition | None:
    data = reader.get("when")
    return None if data is None else read_condition(data, reader.path("when"))


def _formula(reader: Reader) -> Formula | None:
    data = reader.get("formula")
    return None if data is None else read_formula(data, reader.path("formula"))


def _translations(data: object, place: str) -> dict[str, dict[str, str]]:
    """Parse the translations by language and key; keys of removed parts are allowed."""
    reader = Reader(data, place)
    found = {
        language: _words(reader.get(language), reader.path(language))
        for language in LANGUAGES
        if language in reader.data
    }
    reader.reject_unknown_keys()
    return found


def _words(data: object, place: str) -> dict[str, str]:
    reader = Reader(data, place)
    for key in reader.data:
        if not isinstance(key, str) or not _KEY.fullmatch(key):
            raise InvalidDefinition(reader.path(str(key)[:60]), "訳の名札の形が違います。")
    return {key: reader.text(key, limit=1000, lines=True) for key in reader.data}


def _guide(data: object, place: str) -> Guide:
    reader = Reader(data, place)
    texts = {
        key: reader.text(key, limit=1000, lines=True)
        for key in ("who", "fee", "period", "deadline", "result", "elsewhere")
    }
    guide = Guide(
        **texts,
        legal_basis=reader.items("legal_basis", read_text, most=20),
        steps=reader.items("steps", read_text, most=20),
    )
    reader.reject_unknown_keys()
    return guide


def _paper(data: object, place: str) -> Paper:
    reader = Reader(data, place)
    paper = Paper(
        reader.identifier(),
        reader.text("label", limit=200, required=True),
        reader.text("note", limit=500),
        _when(reader),
    )
    reader.reject_unknown_keys()
    return paper


def _page(data: object, place: str) -> FormPage:
    reader = Reader(data, place)
    page = FormPage(
        id=reader.identifier(),
        title=reader.text("title", limit=80, required=True),
        lead=reader.text("lead", limit=1000, lines=True),
        groups=reader.items("groups", _group, least=1, most=20),
        when=_when(reader),
    )
    reader.reject_unknown_keys()
    return page


def _group(data: object, place: str) -> Group:
    reader = Reader(data, place)
    repeat = reader.get("repeat")
    group = Group(
        id=reader.identifier(),
        title=reader.text("title", limit=80),
        lead=reader.text("lead", limit=1000, lines=True),
        questions=reader.items("questions", _question, most=60),
        repeat=None if repeat is None else _repeat(repeat, reader.path("repeat")),
        when=_when(reader),
    )
    reader.reject_unknown_keys()
    return group


def _repeat(data: object, place: str) -> Repeat:
    reader = Reader(data, place)
    least = reader.number("least", low=0, high=50)
    most = reader.number("most", low=1, high=50)
    repeat = Repeat(
        reader.text("noun", limit=30, required=True), 1 if least is None else least, 10 if most is None else most
    )
    reader.reject_unknown_keys()
    if repeat.least > repeat.most:
        raise InvalidDefinition(place, "最も少ない数が、最も多い数を超えています。")
    return repeat


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


def _question(data: object, place: str) -> Question:
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
        when=_when(reader),
        formula=_formula(reader),
        unit=reader.text("unit", limit=10),
        draw=reader.flag("draw"),
        alternative=reader.flag("alternative"),
        day=_day_kind(reader),
        not_before=reader.text("not_before", limit=60),
        same_as=reader.items("same_as", read_text, most=20),
        unchanged=reader.text("unchanged", limit=60),
        forced_at=reader.items("forced_at", read_text, most=4),
    )
    reader.reject_unknown_keys()
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
