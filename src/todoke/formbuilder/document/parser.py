"""Parser 定義の読み取り: parses a JSON definition into a document, or rejects it with the path of its first defect."""

import hashlib
import json
import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from django.conf import settings

from todoke.design.page_languages import is_language_code
from todoke.formbuilder.document.conditions import read_condition
from todoke.formbuilder.document.question_reader import read_question, when_of
from todoke.formbuilder.document.schema_reader import InvalidDefinition, Reader, read_text
from todoke.formbuilder.document.structure import (
    FACTS,
    Document,
    FormPage,
    Group,
    Guide,
    Paper,
    Repeat,
    Stop,
)

SCHEMA = 1
MAX_CHARACTERS = 1_000_000
MAX_QUESTIONS = 400
CACHE_SIZE = 256
_cache: dict[str, Document] = {}
_LINK = re.compile(r"https://[^\s<>\"]{1,290}|/(?!/)[^\s<>\"]{0,290}")
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
        stops=reader.items("stops", _stop, most=20),
        pages=reader.items("pages", _page, least=1, most=60),
        translations=_translations(reader.get("translations", {}), "translations"),
    )
    reader.reject_unknown_keys()
    _reject_duplicates("ページ", (page.id for page in document.pages))
    _reject_duplicates("まとまり", (group.id for page in document.pages for group in page.groups))
    ids = [question.id for page in document.pages for _, question in page.questions()]
    _reject_duplicates("設問", [*ids, *FACTS])
    _reject_duplicates("書類", (paper.id for paper in document.papers))
    _reject_duplicates("対象外", (stop.id for stop in document.stops))
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


def _translations(data: object, place: str) -> dict[str, dict[str, str]]:
    """Parse the translations by language and key; keys of removed parts are allowed."""
    reader = Reader(data, place)
    found = {
        language: _words(reader.get(language), reader.path(language))
        for language in list(reader.data)
        if isinstance(language, str) and is_language_code(language)
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
        when_of(reader),
    )
    reader.reject_unknown_keys()
    return paper


def _stop(data: object, place: str) -> Stop:
    reader = Reader(data, place)
    stop = Stop(
        reader.identifier(),
        reader.text("words", limit=500, required=True, lines=True),
        read_condition(reader.get("when"), reader.path("when")),
        reader.text("link", limit=300),
    )
    reader.reject_unknown_keys()
    if stop.link and not _LINK.fullmatch(stop.link):
        raise InvalidDefinition(reader.path("link"), "リンクは https:// か、このサイトの / から始めてください。")
    return stop


def _page(data: object, place: str) -> FormPage:
    reader = Reader(data, place)
    page = FormPage(
        id=reader.identifier(),
        title=reader.text("title", limit=80, required=True),
        lead=reader.text("lead", limit=1000, lines=True),
        groups=reader.items("groups", _group, least=1, most=20),
        when=when_of(reader),
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
        questions=reader.items("questions", read_question, most=60),
        repeat=None if repeat is None else _repeat(repeat, reader.path("repeat")),
        when=when_of(reader),
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
