"""Answer migration 引継ぎ: moves the answers of an unfinished submission to a newer document. Pure.

Every earlier answer is either kept exactly as typed, or returned in a notice with what was typed.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _

from todoke.formbuilder.answers.authorship import changes_hands, is_office_only
from todoke.formbuilder.answers.journey import AnswerKey, Journey
from todoke.formbuilder.answers.name_spellings import alternative_name, official_name
from todoke.formbuilder.document.question_types import Value, answer_errors, display_text, is_blank
from todoke.formbuilder.document.structure import FACTS, WITHOUT_INPUT, Document, Question, QuestionKind, Required

_WIDER: frozenset[tuple[QuestionKind, QuestionKind]] = frozenset(
    {
        (QuestionKind.SHORT_TEXT, QuestionKind.LONG_TEXT),
        (QuestionKind.NUMBER, QuestionKind.SHORT_TEXT),
        (QuestionKind.MONEY, QuestionKind.NUMBER),
        (QuestionKind.NUMBER, QuestionKind.MONEY),
        (QuestionKind.PHONE, QuestionKind.SHORT_TEXT),
        (QuestionKind.EMAIL, QuestionKind.SHORT_TEXT),
        (QuestionKind.DATE, QuestionKind.SHORT_TEXT),
    }
)


class NoticeReason(StrEnum):
    """知らせの理由: why an applicant gets a notice about a question."""

    NEW = "new"
    GONE = "gone"
    OPTIONS = "options"
    KIND = "kind"
    REPEAT = "repeat"
    CHECK = "check"
    HIDDEN = "hidden"


@dataclass(frozen=True)
class AnswerNotice:
    """引継ぎの知らせ: what happened to one answer; ``typed`` holds the text where it is no longer kept."""

    reason: NoticeReason
    key: AnswerKey
    label: str
    typed: str
    message: str


def migrate_answers(
    old: Document, new: Document, answers: Mapping[AnswerKey, Value], on: date
) -> tuple[dict[AnswerKey, Value], list[AnswerNotice]]:
    """Return the answers valid in the newer document, and a notice for each answer or question that changed.

    An answer of an applicant never becomes the office's entry, nor the other way round; what the office wrote is never
    told to the applicant.
    """
    kept: dict[AnswerKey, Value] = {}
    notices: list[AnswerNotice] = []
    then, shown_then = Journey(old, answers, on), list[AnswerKey]()
    for key, value in answers.items():
        if is_blank(value) or key.question not in old.by_id:
            continue
        place, stays, notice = _migrate_one(old, new, key, value, answers)
        if stays is not None:
            kept[place] = stays
            shown_then += [place] if then.shown(*key) else []
        if notice is not None and not is_office_only(old.question(key.question)):
            notices.append(notice)
    facts = {key: value for key, value in answers.items() if key.question in FACTS}
    now = Journey(new, {**kept, **facts}, on)
    return kept, [*notices, *hidden_notices(now, shown_then), *_new_questions(old, now)]


def emptied_answers(old: Document, new: Document, answers: Mapping[AnswerKey, Value]) -> dict[AnswerKey, Value]:
    """Return the answers that were emptied in the old document and exist with the same kind in the new one."""
    return {
        key: value
        for key, value in answers.items()
        if is_blank(value)
        and key.question in new.by_id
        and new.question(key.question).kind is old.question(key.question).kind
        and not changes_hands(old.question(key.question), new.question(key.question))
        and bool(new.by_id[key.question][1].repeat) == bool(key.row)
    }


def hidden_notices(journey: Journey, keys: Collection[AnswerKey]) -> Iterator[AnswerNotice]:
    """Yield a notice for each of these answers whose question is hidden, so that it will not be submitted."""
    for key in keys:
        value = journey.answers.get(key)
        if value is not None and not is_blank(value) and not journey.shown(*key):
            question = journey.document.question(key.question)
            if is_office_only(question):
                continue
            message = _("「%(label)s」は、ほかの答えにより不要になりました。書いた内容は送られません。") % {
                "label": question.label
            }
            yield AnswerNotice(NoticeReason.HIDDEN, key, question.label, display_text(question, value), message)


def _migrate_one(
    old: Document, new: Document, key: AnswerKey, value: Value, answers: Mapping[AnswerKey, Value]
) -> tuple[AnswerKey, Value | None, AnswerNotice | None]:
    before = old.question(key.question)
    typed = display_text(before, value)
    if key.question not in new.by_id:
        message = _("「%(label)s」は不要になりました。書いた内容は送られません。") % {"label": before.label}
        return key, None, AnswerNotice(NoticeReason.GONE, key, before.label, typed, message)
    after = new.question(key.question)
    told = {"label": after.label}
    if after.formula is None and changes_hands(before, after):
        message = _("「%(label)s」は、職員が記入する欄になりました。書いた内容は送られません。") % told
        return key, None, AnswerNotice(NoticeReason.GONE, key, after.label, typed, message)
    if after.formula is not None:
        message = _("「%(label)s」は、ほかの答えから計算するようになりました。入力は要りません。") % told
        return key, None, AnswerNotice(NoticeReason.KIND, key, after.label, typed, message)
    place = _place(old, new, key, answers)
    if place is None:
        message = _("「%(label)s」の聞き方が変わりました。もう一度入力してください。") % told
        return key, None, AnswerNotice(NoticeReason.REPEAT, key, after.label, typed, message)
    if before.kind is not after.kind and (before.kind, after.kind) not in _WIDER:
        message = _("「%(label)s」の答え方が変わりました。もう一度入力してください。") % told
        return place, None, AnswerNotice(NoticeReason.KIND, place, after.label, typed, message)
    if isinstance(value, dict) and not after.alternative and alternative_name(value):
        message = _("「%(label)s」の代替表記は不要になりました。") % told
        return place, official_name(value), AnswerNotice(NoticeReason.GONE, place, after.label, typed, message)
    stays = _options_kept(after, value)
    if stays != value:
        message = _("「%(label)s」の選択肢が変わりました。選び直してください。") % told
        return place, stays or None, AnswerNotice(NoticeReason.OPTIONS, place, after.label, typed, message)
    if (
        after.kind is not QuestionKind.FILE
        and any(answer_errors(after, value))
        and not any(answer_errors(before, value))
    ):
        message = _("「%(label)s」の決まりが変わりました。内容を確かめてください。") % told
        return place, value, AnswerNotice(NoticeReason.CHECK, place, after.label, typed, message)
    return place, value, None


def _place(old: Document, new: Document, key: AnswerKey, answers: Mapping[AnswerKey, Value]) -> AnswerKey | None:
    """Return the key in the new document when the group begins or stops repeating; None when rows would collide."""
    was, now = old.by_id[key.question][1].repeat, new.by_id[key.question][1].repeat
    if bool(was) == bool(now):
        return key
    if now:
        return AnswerKey(key.question, 1)
    rows = [other for other, value in answers.items() if other.question == key.question and not is_blank(value)]
    return AnswerKey(key.question, 0) if len(rows) == 1 else None


def _options_kept(after: Question, value: Value) -> Value:
    allowed = after.option_values()
    if not allowed:
        return value
    if isinstance(value, list):
        return [text for text in value if text in allowed]
    return value if value in allowed else ""


def _new_questions(old: Document, journey: Journey) -> Iterator[AnswerNotice]:
    """Yield a notice for each shown question that is new or newly required."""
    for page in journey.pages():
        for __, question, row in journey.shown_questions(page):
            if question.required is not Required.HARD or question.kind in WITHOUT_INPUT:
                continue
            before = old.by_id.get(question.id)
            fresh = before is None or before[2].required is not Required.HARD or before[2].kind in WITHOUT_INPUT
            if fresh and journey.value(question.id, row) is None:
                message = _("「%(label)s」を新しくお聞きします。") % {"label": question.label}
                yield AnswerNotice(NoticeReason.NEW, AnswerKey(question.id, row), question.label, "", message)
