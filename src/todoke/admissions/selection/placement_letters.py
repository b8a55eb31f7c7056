"""Placement letters 通知の文面: what a letter says: the result, the reason of each wish, the right of appeal."""

from typing import Any

from django.conf import settings
from django.utils import translation

from todoke.admissions.models import Placement, PlacementLetter, Scheme, SelectionRound
from todoke.admissions.models.placement_run import Placement as PlacementModel
from todoke.admissions.selection.family_reasons import reason_sentence
from todoke.design.municipality import municipality
from todoke.japanese.calendar import format_era_date, today

WAITING_OPENING = (
    "申込みのあった{service}の利用について、次のとおり利用調整の結果、利用を保留とすることを決定しました。"
    "申込みは、取り下げるまで、この年度の次の選考にも引き継ぎます。"
)
OFFER_OPENING = "申込みのあった{service}の利用について、利用調整の結果、次の施設に内定したことをお知らせします。"

SERVICES = {"nursery": "保育", "club": "学童クラブ"}


def contact_of(scheme: Scheme) -> str:
    """Return whom a family asks: the department with its phone number."""
    return f"{scheme.department.name} {scheme.department.phone}".strip()


def letter_content(placement: Placement) -> dict[str, Any]:
    """Return the data of the result letter of a child, as the typesetter of letters takes it; always in Japanese."""
    child, of = placement.child, placement.round
    offered = placement.facility is not None
    kind = PlacementLetter.Kind.OFFER if offered else PlacementLetter.Kind.WAIT
    rows = [("児童の氏名", child.name), ("申込番号", child.number), ("選考", of.title), ("クラス", child.class_name)]
    rows.append(("結果", f"内定({placement.facility})" if offered else "保留"))
    return {
        **_envelope(placement, str(kind.label)),
        "opening": [(OFFER_OPENING if offered else WAITING_OPENING).format(service=SERVICES[of.scheme.kind])],
        "rows": [{"label": label, "value": [value]} for label, value in rows],
        "reasons": _reason_lines(placement),
        "appeal": of.scheme.appeal.splitlines(),
    }


def _envelope(placement: Placement, title: str) -> dict[str, Any]:
    child, scheme = placement.child, placement.round.scheme
    return {
        "title": title,
        "number": f"{placement.round.month:%Y%m}-{child.number}",
        "date": format_era_date(today()),
        "sender": f"{municipality().name}長",
        "recipient": child.household.name,
        "recipient_plain": child.household.name,
        "address": child.household.address,
        "contact": contact_of(scheme),
        "synthetic": "デモ(架空の区の見本です。効力はありません)" if settings.DEMO else "",
    }


def _reason_lines(placement: Placement) -> list[str]:
    contact = contact_of(placement.round.scheme)
    with translation.override("ja"):
        return [f"{each['name']}: {reason_sentence(each, contact)}" for each in placement.reasons]


def correction_content(placement: Placement, before: str, after: str, reason: str) -> dict[str, Any]:
    """Return the data of the letter that tells one family of a correction of its own result."""
    child = placement.child
    rows = [("児童の氏名", child.name), ("申込番号", child.number), ("お知らせした結果", before), ("正しい結果", after)]
    return {
        **_envelope(placement, str(PlacementLetter.Kind.CORRECTION.label)),
        "opening": [
            "先にお知らせした利用調整の結果に誤りがありました。おわびして訂正します。",
            "お知らせした結果を一方的に取り消すことはありません。担当からご連絡し、ご相談して決めます。",
        ],
        "rows": [{"label": label, "value": [value]} for label, value in rows],
        "reasons": [reason],
        "appeal": placement.round.scheme.appeal.splitlines(),
    }


def result_letters(of: SelectionRound, placements: list[PlacementModel]) -> list[PlacementLetter]:
    """Return the unsaved result letters of a round."""
    kinds = PlacementLetter.Kind
    return [
        PlacementLetter.freeze(each, kinds.OFFER if each.facility_id else kinds.WAIT, letter_content(each))
        for each in placements
    ]
