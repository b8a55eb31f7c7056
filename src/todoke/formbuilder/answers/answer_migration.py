"""Carrying 引継ぎ: unfinished answers move to a newer document; nothing is lost or changed silently.

Every earlier answer is either kept exactly as typed, or handed back in a notice with what was typed. Pure.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _

from todoke.formbuilder.answers.journey import Journey, Spot
from todoke.formbuilder.answers.name_spellings import official, plain_name
from todoke.formbuilder.document.question_types import Value, findings, is_blank, written
from todoke.formbuilder.document.structure import SAYING, Document, Kind, Question, Required

_WIDER: frozenset[tuple[Kind, Kind]] = frozenset(
    {
        (Kind.SHORT_TEXT, Kind.LONG_TEXT),
        (Kind.NUMBER, Kind.SHORT_TEXT),
        (Kind.MONEY, Kind.NUMBER),
        (Kind.NUMBER, Kind.MONEY),
        (Kind.PHONE, Kind.SHORT_TEXT),
        (Kind.EMAIL, Kind.SHORT_TEXT),
        (Kind.DATE, Kind.SHORT_TEXT),
    }
)


class Reason(StrEnum):
    """知らせの理由: why an applicant is told something about a question."""

    NEW = "new"
    GONE = "gone"
    OPTIONS = "options"
    KIND = "kind"
    REPEAT = "repeat"
    CHECK = "check"
    HIDDEN = "hidden"


@dataclass(frozen=True)
class Notice:
    """引継ぎの知らせ: what happened to one answer, with what was typed where it is no longer kept."""

    reason: Reason
    spot: Spot
    label: str
    typed: str
    message: str


def carried(
    old: Document, new: Document, answers: Mapping[Spot, Value], on: date
) -> tuple[dict[Spot, Value], list[Notice]]:
    """Return the answers that stand in the newer document, and a notice for everything that a person must know."""
    kept: dict[Spot, Value] = {}
    notices: list[Notice] = []
    then, shown_then = Journey(old, answers, on), list[Spot]()
    for spot, value in answers.items():
        if is_blank(value) or spot.question not in old.by_id:
            continue
        place, stays, notice = _carry(old, new, spot, value, answers)
        if stays is not None:
            kept[place] = stays
            shown_then += [place] if then.shown(*spot) else []
        if notice is not None:
            notices.append(notice)
    now = Journey(new, kept, on)
    return kept, [*notices, *hidden(now, shown_then), *_asked(old, now)]


def still_empty(old: Document, new: Document, answers: Mapping[Spot, Value]) -> dict[Spot, Value]:
    """Return the answers that a person emptied and that can be emptied in the newer document too."""
    return {
        spot: value
        for spot, value in answers.items()
        if is_blank(value)
        and spot.question in new.by_id
        and new.question(spot.question).kind is old.question(spot.question).kind
        and bool(new.by_id[spot.question][1].repeat) == bool(spot.row)
    }


def hidden(journey: Journey, spots: Collection[Spot]) -> Iterator[Notice]:
    """Yield a notice for each of these answers that is no longer asked and will therefore not be sent."""
    for spot in spots:
        value = journey.answers.get(spot)
        if value is not None and not is_blank(value) and not journey.shown(*spot):
            question = journey.document.question(spot.question)
            message = _("「%(label)s」は、ほかの答えにより不要になりました。書いた内容は送られません。") % {
                "label": question.label
            }
            yield Notice(Reason.HIDDEN, spot, question.label, written(question, value), message)


def _carry(
    old: Document, new: Document, spot: Spot, value: Value, answers: Mapping[Spot, Value]
) -> tuple[Spot, Value | None, Notice | None]:
    before = old.question(spot.question)
    typed = written(before, value)
    if spot.question not in new.by_id:
        message = _("「%(label)s」は不要になりました。書いた内容は送られません。") % {"label": before.label}
        return spot, None, Notice(Reason.GONE, spot, before.label, typed, message)
    after = new.question(spot.question)
    told = {"label": after.label}
    if after.formula is not None:
        message = _("「%(label)s」は、ほかの答えから計算するようになりました。入力は要りません。") % told
        return spot, None, Notice(Reason.KIND, spot, after.label, typed, message)
    place = _place(old, new, spot, answers)
    if place is None:
        message = _("「%(label)s」の聞き方が変わりました。もう一度入力してください。") % told
        return spot, None, Notice(Reason.REPEAT, spot, after.label, typed, message)
    if before.kind is not after.kind and (before.kind, after.kind) not in _WIDER:
        message = _("「%(label)s」の答え方が変わりました。もう一度入力してください。") % told
        return place, None, Notice(Reason.KIND, place, after.label, typed, message)
    if isinstance(value, dict) and not after.alternative and plain_name(value):
        message = _("「%(label)s」の代替表記は不要になりました。") % told
        return place, official(value), Notice(Reason.GONE, place, after.label, typed, message)
    stays = _options_kept(after, value)
    if stays != value:
        message = _("「%(label)s」の選択肢が変わりました。選び直してください。") % told
        return place, stays or None, Notice(Reason.OPTIONS, place, after.label, typed, message)
    if after.kind is not Kind.FILE and any(findings(after, value)) and not any(findings(before, value)):
        message = _("「%(label)s」の決まりが変わりました。内容を確かめてください。") % told
        return place, value, Notice(Reason.CHECK, place, after.label, typed, message)
    return place, value, None


def _place(old: Document, new: Document, spot: Spot, answers: Mapping[Spot, Value]) -> Spot | None:
    """Return where an answer belongs when its group begins or stops repeating; None when several would meet."""
    was, now = old.by_id[spot.question][1].repeat, new.by_id[spot.question][1].repeat
    if bool(was) == bool(now):
        return spot
    if now:
        return Spot(spot.question, 1)
    rows = [other for other, value in answers.items() if other.question == spot.question and not is_blank(value)]
    return Spot(spot.question, 0) if len(rows) == 1 else None


def _options_kept(after: Question, value: Value) -> Value:
    allowed = after.option_values()
    if not allowed:
        return value
    if isinstance(value, list):
        return [text for text in value if text in allowed]
    return value if value in allowed else ""


def _asked(old: Document, journey: Journey) -> Iterator[Notice]:
    """Yield what is asked for the first time, or must be answered now, of this very applicant."""
    for page in journey.pages():
        for __, question, row in journey.spots(page):
            if question.required is not Required.HARD or question.kind in SAYING:
                continue
            before = old.by_id.get(question.id)
            fresh = before is None or before[2].required is not Required.HARD or before[2].kind in SAYING
            if fresh and journey.value(question.id, row) is None:
                message = _("「%(label)s」を新しくお聞きします。") % {"label": question.label}
                yield Notice(Reason.NEW, Spot(question.id, row), question.label, "", message)
