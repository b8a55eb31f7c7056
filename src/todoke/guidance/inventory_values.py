"""Inventory values 台帳の値: what the national survey holds, in a resident's words; what makes no sense is not said.

The survey's cells were filled in by ministries for their own use: 「0」, 「-」 and 「月」 stand where nothing was
known, papers of firms stand in procedures of residents, and plans name years that are over. Pure rules.
"""

import re
import unicodedata
from collections.abc import Mapping

from django.utils.translation import gettext as _

from todoke.procedures.codes import OnlineFrom, Party

_UNIT = r"(時間|日|週間|週|月|か月|ヶ月|ヵ月|ケ月|カ月|箇月|年)(?:間|程度|以内|遅滞なく|あらかじめ)?"
_SPAN = re.compile(rf"(\d{{1,4}})\s?{_UNIT}")
_RANGE = re.compile(rf"(\d{{1,4}})\s?(?:{_UNIT})?\s?(?:[~〜～ー-]|から|又は|または)\s?(\d{{1,4}})\s?{_UNIT}")
_UNKNOWN = re.compile(
    "不明|未定|異なる|よる|一概|困難|把握|自治体|地方|各|該当|対象外|なし|無し|なく|無い|ない|規定|定め|設定|実績|ため|国|結果|報告"
)
_FILLED_IN_FOR_NOTHING = re.compile(r"[\d\s.,\-ー―‐－〜~*]*[日週月年間]*")
_OF_FIRMS = frozenset({"03", "06", "08", "09", "10", "11", "12", "13"})
"""Keys of papers that only firms have: registration of a company, articles, accounts, licences, certifications."""
_NOTHING_TO_ATTACH, _OTHER_PAPERS = "15", "14"
_SEAL, _IDENTITY_PAPERS = "2", "4"


def format_period(typed: str) -> str:
    """Return a processing time as people say it (「1月」 is one month, not January), or "" where none is known."""
    text = unicodedata.normalize("NFKC", typed).strip().rstrip("。")
    if found := _SPAN.fullmatch(text):
        return _("およそ%(number)s%(unit)s") % {"number": found[1], "unit": _unit(found[2])} if int(found[1]) else ""
    if found := _RANGE.fullmatch(text):
        least, most = _amount(found[1], found[2] or found[4]), _amount(found[3], found[4])
        return _("%(least)sから%(most)s") % {"least": least, "most": most}
    if not text or _FILLED_IN_FOR_NOTHING.fullmatch(text) or _UNKNOWN.search(text):
        return ""
    return text


def _amount(number: str, unit: str) -> str:
    return _("%(number)s%(unit)s") % {"number": number, "unit": _unit(unit)}


def _unit(written: str) -> str:
    units = {"時間": _("時間"), "日": _("日"), "週": _("週間"), "週間": _("週間"), "年": _("年")}
    return units.get(written, _("か月"))


def needed_papers(actor: str, written: Mapping[str, str], identification: Mapping[str, str]) -> tuple[str, ...]:
    """Return what to bring by the survey's labels of documents and identification; empty where it is not known.

    A survey that names papers and also says that there are none is not believed.
    """
    named = [label for key, label in sorted(written.items()) if _is_told(key, actor)]
    proofs = _proofs(identification)
    if _NOTHING_TO_ATTACH in written:
        if len(written) > 1:
            return ()
        return (*proofs, _("ほかに添える書類はありません。")) if proofs else (_("添える書類はありません。"),)
    unnamed = _OTHER_PAPERS in written or len(named) < len(written)
    others = [_("そのほか、手続ごとに決められた書類") if named else _("手続ごとに決められた書類")] if unnamed else []
    return (*named, *others, *proofs)


def _is_told(key: str, actor: str) -> bool:
    """Whether a paper is named to who files: residents have none of those that only firms have."""
    return key != _OTHER_PAPERS and not (actor == Party.PEOPLE and key in _OF_FIRMS)


def _proofs(identification: Mapping[str, str]) -> tuple[str, ...]:
    if _IDENTITY_PAPERS in identification:
        return (_("本人確認書類(マイナンバーカード、運転免許証など)"),)
    return (_("印鑑"),) if _SEAL in identification else ()


def planned_year(key: str, fiscal_year: int) -> str:
    """Return the fiscal year in which it is to go online as the survey names it, or "" for one that is over."""
    if not key:
        return ""
    label = str(OnlineFrom(key).label)
    year = int(label[:4])
    return label if year >= fiscal_year else ""
