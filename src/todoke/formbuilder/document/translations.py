"""Translations ことば: the translatable texts of a document by key, and the document in another language.

A text without a translation is English in an added language where there is that, else Japanese; answers, conditions
and ids are the same in every language.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings

from todoke.design.page_languages import speaks_japanese
from todoke.formbuilder.document.phrases import phrases
from todoke.formbuilder.document.structure import Document, FormPage, Group, Guide, Paper, Question, Required

LANGUAGES: Mapping[str, str] = {code: name for code, name in settings.LANGUAGES if code != "ja"}
_JAPANESE = re.compile("[ぁ-ゖァ-ヺ一-鿿]")
_GUIDE = ("who", "fee", "period", "deadline", "result", "elsewhere")


@dataclass(frozen=True)
class Text:
    """ことば: one translatable text of a document with its key, and where it stands."""

    key: str
    japanese: str
    place: str


def texts_of(document: Document) -> list[Text]:
    """Return every text shown to residents, in reading order."""
    return [text for text in _texts(document) if text.japanese.strip()]


def _texts(document: Document) -> Iterator[Text]:
    yield Text("title", document.title, "名称")
    yield Text("lead", document.lead, "はじめの説明")
    for key in _GUIDE:
        yield Text(f"guide.{key}", getattr(document.guide, key), "案内")
    for number, step in enumerate(document.guide.steps):
        yield Text(f"guide.step{number}", step, "手続の流れ")
    for paper in document.papers:
        yield Text(f"paper.{paper.id}.label", paper.label, "必要な書類")
        yield Text(f"paper.{paper.id}.note", paper.note, "必要な書類")
    for stop in document.stops:
        yield Text(f"stop.{stop.id}.words", stop.words, "対象外なら止まる")
    for page in document.pages:
        yield Text(f"page.{page.id}.title", page.title, page.title)
        yield Text(f"page.{page.id}.lead", page.lead, page.title)
        for group in page.groups:
            yield from _group_texts(page, group)


def _group_texts(page: FormPage, group: Group) -> Iterator[Text]:
    yield Text(f"group.{group.id}.title", group.title, page.title)
    yield Text(f"group.{group.id}.lead", group.lead, page.title)
    yield Text(f"group.{group.id}.noun", group.repeat.noun if group.repeat else "", page.title)
    for question in group.questions:
        if question.required is Required.STAFF:
            continue
        for part in ("label", "help", "unit"):
            yield Text(f"question.{question.id}.{part}", getattr(question, part), page.title)
        if _JAPANESE.search(question.example):
            yield Text(f"question.{question.id}.example", question.example, page.title)
        for option in question.options:
            yield Text(f"option.{question.id}.{option.value}", option.label, f"{page.title} / {question.label}")


def missing_texts(document: Document, language: str) -> list[Text]:
    """Return the texts without a translation into a language, neither of their own nor in the phrase list."""
    known = words_in(document, language)
    return [text for text in texts_of(document) if not known.get(text.key, "").strip()]


@dataclass(frozen=True)
class Progress:
    """訳の進み: the number of texts of a document without a translation into a language."""

    code: str
    name: str
    missing: int


def progress(document: Document) -> list[Progress]:
    """Return the number of missing translations of each language."""
    return [Progress(code, name, len(missing_texts(document, code))) for code, name in LANGUAGES.items()]


def kept_translations(before: Document, after: Document) -> dict[str, dict[str, str]]:
    """Return the translations of ``after`` without those whose Japanese text changed since ``before``."""
    old = {text.key: text.japanese for text in texts_of(before)}
    new = {text.key: text.japanese for text in texts_of(after)}
    stale = {key for key in old if old[key] != new.get(key)}
    return {
        language: {
            key: text
            for key, text in known.items()
            if key in new and (key not in stale or before.translations.get(language, {}).get(key) != text)
        }
        for language, known in after.translations.items()
    }


def words_in(document: Document, language: str) -> Mapping[str, str]:
    """Return the translations of a document by key: its own, and those of texts that the phrase list has."""
    if language not in LANGUAGES:
        return {}
    known = phrases(language)
    common = {text.key: known[text.japanese] for text in texts_of(document) if text.japanese in known}
    return {**common, **{key: text for key, text in document.translations.get(language, {}).items() if text.strip()}}


def translated(document: Document, language: str) -> Document:
    """Return a document in a language; cached on the document object."""
    spoken: dict[str, Document] = document.__dict__.setdefault("_translated_cache", {})
    if language not in spoken:
        words = words_in(document, language)
        if not speaks_japanese(language):
            words = {**words_in(document, "en"), **words}
        spoken[language] = _translated(document, words) if words else document
    return spoken[language]


def _translated(document: Document, words: Mapping[str, str]) -> Document:
    guide: dict[str, Any] = {key: words.get(f"guide.{key}", getattr(document.guide, key)) for key in _GUIDE}
    steps = tuple(words.get(f"guide.step{number}", step) for number, step in enumerate(document.guide.steps))
    return replace(
        document,
        title=words.get("title", document.title),
        lead=words.get("lead", document.lead),
        guide=Guide(**guide, legal_basis=document.guide.legal_basis, steps=steps),
        papers=tuple(_paper(paper, words) for paper in document.papers),
        stops=tuple(replace(stop, words=words.get(f"stop.{stop.id}.words", stop.words)) for stop in document.stops),
        pages=tuple(_page(page, words) for page in document.pages),
    )


def _paper(paper: Paper, words: Mapping[str, str]) -> Paper:
    label, note = (words.get(f"paper.{paper.id}.{part}", getattr(paper, part)) for part in ("label", "note"))
    return replace(paper, label=label, note=note)


def _page(page: FormPage, words: Mapping[str, str]) -> FormPage:
    title, lead = (words.get(f"page.{page.id}.{part}", getattr(page, part)) for part in ("title", "lead"))
    return replace(page, title=title, lead=lead, groups=tuple(_group(group, words) for group in page.groups))


def _group(group: Group, words: Mapping[str, str]) -> Group:
    title, lead = (words.get(f"group.{group.id}.{part}", getattr(group, part)) for part in ("title", "lead"))
    repeat = group.repeat and replace(group.repeat, noun=words.get(f"group.{group.id}.noun", group.repeat.noun))
    questions = tuple(_question(question, words) for question in group.questions)
    return replace(group, title=title, lead=lead, repeat=repeat, questions=questions)


def _question(question: Question, words: Mapping[str, str]) -> Question:
    label, told, unit, example = (
        words.get(f"question.{question.id}.{part}", getattr(question, part))
        for part in ("label", "help", "unit", "example")
    )
    options = tuple(
        replace(option, label=words.get(f"option.{question.id}.{option.value}", option.label))
        for option in question.options
    )
    return replace(question, label=label, help=told, unit=unit, example=example, options=options)
