"""Terms comparison 条件の比較: terms of a release in words, what differs between two, and what is said twice."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any, NamedTuple

from todoke.approvals.models import Route
from todoke.formbuilder.document.structure import Document
from todoke.offers.letter_places import answer_labels, with_labels
from todoke.offers.models.release import Release
from todoke.offers.release_terms import Terms, version_of

NOTHING = "なし"
_AMOUNT = re.compile(r"(?<![\d,])(\d[\d,]*)円")


class TermsDifference(NamedTuple):
    """変わること: one part of the terms, before and after."""

    part: str
    before: str
    after: str


def terms_in_words(terms: Terms) -> dict[str, str]:
    """Return the terms in words by part, with labels of questions and answers; unpublished parts are left out."""
    version = version_of(terms)
    if version is None:
        return {}
    document, letter = version.parsed, terms.get("letter", {})
    route = Route.objects.filter(pk=terms.get("route") or 0).first()
    named = answer_labels(document)
    listed = [named.get(code, "(なくなった設問)") for code in letter.get("quoted", [])]
    return {
        "様式の版": str(version),
        "決裁ルート": str(route or NOTHING),
        "標準処理期間": f"{terms.get('standard_days')}開庁日",
        "本人確認の方法": str(Release.Identity(terms.get("identity") or "none").label),
        "カードを使わない方法": terms.get("without_card") or NOTHING,
        "受け取り方": terms.get("delivery") or NOTHING,
        "入力の目安": f"{terms.get('minutes')}分",
        **_by_label("手数料", [(fee["label"], fee_in_words(fee, document)) for fee in terms.get("fees", [])]),
        **_by_label("減免", [(rule["label"], _exemption(rule, document)) for rule in terms.get("exemptions", [])]),
        "通知書の標題": letter.get("title") or NOTHING,
        "通知書の本文": with_labels(letter.get("opening", ""), document) or NOTHING,
        "通知書に載せる回答": "、".join(listed) or NOTHING,
        "教示": with_labels(letter.get("appeal", ""), document) or NOTHING,
    }


def _by_label(noun: str, rows: list[tuple[str, str]]) -> dict[str, str]:
    """Return the words of the rows by noun and label; those of one label stand line by line."""
    found: dict[str, list[str]] = {}
    for label, words in rows:
        found.setdefault(f"{noun}「{label}」", []).append(words)
    return {part: "\n".join(words) for part, words in found.items()}


def _answer(rule: dict[str, Any], document: Document) -> str:
    if not rule.get("when_question"):
        return ""
    if rule["when_question"] not in document.by_id:
        return "(なくなった設問)"
    question = document.question(rule["when_question"])
    return f"「{question.label}」が「{question.option_label(rule['when_value'])}」のとき"


def fee_in_words(fee: dict[str, Any], document: Document) -> str:
    """Return one fee in words: 5,000円、お子さんごと(2人目50%)、「延長利用」が「はい」のとき、歳入科目 13-02-01."""
    said = [f"{fee['amount']:,}円"]
    groups = {group.id: group for page in document.pages for group in page.groups}
    if fee.get("rows_of"):
        group = groups.get(fee["rows_of"])
        noun = group.repeat.noun if group and group.repeat else "(なくなった繰り返し)"
        places = (("2人目", fee.get("second_percent")), ("3人目から", fee.get("third_percent")))
        shares = "、".join(f"{place}{share}%" for place, share in places if share is not None)
        said.append(f"{noun}ごと" + (f"({shares})" if shares else ""))
    if fee.get("unit_question"):
        asked = document.by_id.get(fee["unit_question"])
        said.append(f"×「{asked[2].label if asked else '(なくなった設問)'}」")
    said += [part for part in (_answer(fee, document), f"歳入科目 {fee['revenue_code']}") if part]
    return "、".join(said)


def _exemption(rule: dict[str, Any], document: Document) -> str:
    return f"{_answer(rule, document)}{rule['percent']}%を減額"


def differences_between(before: Terms | None, after: Terms) -> list[TermsDifference]:
    """Return what changes from one set of terms to another; everything is new where there is none before."""
    old, new = terms_in_words(before) if before else {}, terms_in_words(after)
    parts = dict.fromkeys([*new, *old])
    pairs = ((part, old.get(part, NOTHING), new.get(part, NOTHING)) for part in parts)
    return [TermsDifference(*pair) for pair in pairs if pair[1] != pair[2]]


def amounts_in(text: str) -> set[int]:
    """Return the amounts in yen that a text names: 月額5,000円 → {5000}."""
    return {int(found.replace(",", "")) for found in _AMOUNT.findall(unicodedata.normalize("NFKC", text))}


def said_twice(terms: Terms) -> Iterator[str]:
    """Yield a warning for each fact that both the guide of the form and the terms say; residents read both."""
    version = version_of(terms)
    if version is None:
        return
    guide, fees = version.parsed.guide, terms.get("fees", [])
    own = {fee["amount"] for fee in fees}
    if fees and (other := amounts_in(guide.fee) - own):
        said = "、".join(f"{amount:,}円" for amount in sorted(other))
        where = f"様式の案内の手数料「{guide.fee}」にある{said}"
        yield f"{where}が、ここの手数料にありません。どちらが正しいか確かめてください。"
    elif fees and guide.fee and not amounts_in(guide.fee) and "無料" in guide.fee:
        yield f"様式の案内の手数料は「{guide.fee}」ですが、ここでは手数料を決めています。どちらかを直してください。"
    elif not fees and amounts_in(guide.fee):
        yield f"様式の案内の手数料は「{guide.fee}」ですが、ここでは無料です。どちらかを直してください。"
    days = re.findall(r"\d+", unicodedata.normalize("NFKC", guide.period))
    if guide.period and str(terms.get("standard_days")) not in days:
        yield (
            f"様式の案内のかかる日数「{guide.period}」と、標準処理期間{terms.get('standard_days')}開庁日が違います。"
            "住民のページには様式の案内が出ます。"
        )
