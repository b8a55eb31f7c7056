"""Survey columns 列: maps headers of the survey and of our export to fields."""

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from todoke.procedures.codes import normalize_label
from todoke.procedures.models import Procedure
from todoke.spreadsheets.headings import Headings, heading_key

TEXT, CODE, CODES, COUNT, DAY, DEPARTMENT, NUMBER = "text", "code", "codes", "count", "day", "department", "number"


@dataclass(frozen=True)
class Column:
    """One column of a table of procedures: header, field or code table, and the type of its cells."""

    header: str
    name: str
    holds: str = TEXT
    table: str = ""
    edition: str = ""

    @property
    def limit(self) -> int | None:
        """The maximum length of a text; None without a limit."""
        return getattr(Procedure._meta.get_field(self.name), "max_length", None) if self.holds == TEXT else None


OUR_COLUMNS = (
    Column("手続番号", "number", NUMBER),
    Column("所管部署", "department", DEPARTMENT),
    Column("わかりやすい名前", "plain_name"),
    Column("さがす言葉", "search_words"),
    Column("区のオンライン受付開始日", "online_since", DAY),
    Column("スマートフォンで使えると確かめた日", "phone_checked_on", DAY),
    Column("いつまでに(起算点)", "deadline"),
    Column("区の補足", "municipal_note"),
    Column("廃止日", "abolished_on", DAY),
)
SURVEY_COLUMNS = (
    Column("手続ID", "national_id"),
    Column("所管府省庁", "ministry"),
    Column("手続名", "title"),
    Column("法令名", "law"),
    Column("法令番号", "law_number", edition="R6"),
    Column("根拠条項号", "article"),
    Column("関連条項号", "related_articles", edition="R7"),
    Column("関連する根拠法令", "related_laws", edition="R7"),
    Column("手続類型", "kind", CODE, "kind"),
    Column("手続主体", "actor", CODE, "party"),
    Column("手続の受け手", "recipient", CODE, "party"),
    Column("手続(類型、主体、受け手等)に関する補足", "kind_note", edition="R7"),
    Column("経由機関", "via", CODE, "party"),
    Column("独立行政法人等の名称", "agency"),
    Column("事務区分", "duty", CODE, "duty"),
    Column("府省共通手続", "shared", CODE, "shared"),
    Column("実施府省庁", "implementer"),
    Column("実施府省庁(府省共通手続)", "shared_implementers", edition="R7"),
    Column("オンライン化の実施状況", "online_status", CODE, "online_status"),
    Column("オンライン化の実施予定及び検討時の懸念点", "concern", CODES, "concern"),
    Column("オンライン化の実施状況に関する補足", "online_note", edition="R7"),
    Column("オンライン化実施時期", "online_from", CODE, "online_from"),
    Column("申請等における本人確認手法", "identification", CODES, "identification"),
    Column("手数料等の納付有無", "fee", CODE, "fee"),
    Column("手数料等の納付方法", "fee_method", CODES, "fee_method"),
    Column("手数料等に関する補足", "fee_note", edition="R7"),
    Column("手数料等のオンライン納付時の優遇措置", "fee_relief", CODE, "fee_relief"),
    Column("処理期間(オンライン)", "time_online"),
    Column("処理期間(非オンライン)", "time_offline"),
    Column("情報システム(申請)", "application_system"),
    Column("情報システム(申請)複数ある場合", "application_systems", edition="R7"),
    Column("情報システム(事務処理)", "office_system"),
    Column("総手続件数", "total_count", COUNT),
    Column("オンライン手続件数", "online_count", COUNT),
    Column("非オンライン手続件数", "offline_count", COUNT),
    Column("申請書等に記載させる情報", "information", CODES, "information"),
    Column("申請時に添付させる書類", "document", CODES, "document"),
    Column("添付書類等提出の撤廃/省略状況", "removal", CODES, "removal"),
    Column("添付書類等の提出方法", "submission", CODES, "submission"),
    Column("添付書類等への電子署名", "signature", CODES, "signature"),
    Column("添付形式等が定められた規定", "form_rule", CODES, "form_rule"),
    Column("添付書類等に関する補足", "attachment_note", edition="R7"),
    Column("手続が行われるイベント(個人)", "life_event", CODES, "life_event"),
    Column("手続が行われるイベント(法人)", "business_event", CODES, "business_event"),
    Column("申請に関連する士業", "profession", CODES, "profession"),
    Column("申請を提出する機関", "office", CODES, "office"),
    Column("士業、機関に関する補足", "profession_note", edition="R7"),
)
COLUMNS = OUR_COLUMNS + SURVEY_COLUMNS
FIELD_COLUMNS = tuple(column for column in COLUMNS if column.holds not in {CODES, NUMBER})
CODES_COLUMNS = tuple(column for column in COLUMNS if column.holds == CODES)
COMPUTED = {"オンライン化率"}
"""Columns of the published file that are computed from others and therefore not read."""
NEEDED = "手続名"


@dataclass(frozen=True)
class HeaderMapping:
    """The columns of a file by position, and the headers that are unknown or repeated."""

    columns: dict[int, Column]
    unknown: tuple[str, ...]
    repeated: tuple[str, ...]
    edition: str

    @property
    def names(self) -> set[str]:
        """The fields and code tables in the file."""
        return {column.name for column in self.columns.values()}

    @property
    def readable(self) -> bool:
        """Whether the file has the required title column."""
        return "title" in self.names


NO_ALIASES: Mapping[str, Column | None] = {}
_BY_HEADER = {heading_key(column.header): column for column in COLUMNS}
_USUAL = {
    "title": ("手続の名称", "手続名称", "事務名", "事務の名称", "業務名", "申請名", "届出名"),
    "department": ("担当", "担当課", "担当部署", "主管課", "所管", "所管課"),
    "law": ("根拠", "根拠法令", "根拠法令等"),
    "municipal_note": ("備考", "摘要"),
    "online_status": ("現状", "対応状況", "オンライン化の状況", "電子化の状況"),
    "online_from": ("予定年度", "予定時期", "実施予定年度"),
    "total_count": ("総数", "総件数", "年間件数", "受付件数", "申請件数"),
    "online_count": ("うちオンライン", "オンライン件数", "うち電子申請", "電子申請"),
    "": ("番号", "no", "no.", "通番", "連番", "項番"),
}
"""Headings that offices write in their own lists, by the column that they mean; none is a count of the rows."""
_BELOW = re.compile(r"(?P<above>.+)[((](?P<own>[^()()]+)[))]")
"""A heading below another one, as the reader of tables joins them."""
_BY_USUAL = {heading: name for name, headings in _USUAL.items() for heading in headings}


def wanted(aliases: Mapping[str, Sequence[str]]) -> tuple[Headings, ...]:
    """Return the headings to look for, with those of own files by the name of the field that they mean."""
    own = tuple(heading for headings in aliases.values() for heading in headings)
    titles = (NEEDED, *aliases.get("title", ()))
    return (Headings((titles,), (*(column.header for column in COLUMNS), *own)),)


WANTED = wanted({})


def map_headers(headers: list[str], aliases: Mapping[str, Column | None] = NO_ALIASES) -> HeaderMapping:
    """Return the mapping of headers of the R6 and R7 editions or of our export, in any order.

    ``aliases`` are the headings of own files by their normalized label: the column that each means, None if none.
    """
    found: dict[int, Column] = {}
    unknown: list[str] = []
    repeated: list[str] = []
    for position, header in enumerate(headers):
        column = _BY_HEADER.get(heading_key(header))
        if column is None:
            column = aliases.get(normalize_label(header))
        if column is None:
            if header.strip() and heading_key(header) not in {heading_key(text) for text in COMPUTED}:
                unknown.append(header.strip())
        elif column in found.values():
            repeated.append(column.header)
        else:
            found[position] = column
    editions = {column.edition for column in found.values()}
    return HeaderMapping(found, tuple(unknown), tuple(repeated), "R7" if "R7" in editions else "R6")


def closest_header(header: str) -> str | None:
    """Return the header that one of an own list usually means, else the closest to a misspelt one, or None."""
    below = _BELOW.fullmatch(header.strip())
    for part in (header, below["own"], below["above"]) if below else (header,):
        if (name := _BY_USUAL.get(heading_key(part))) is not None:
            return next((column.header for column in COLUMNS if column.name == name), None)
    close = difflib.get_close_matches(heading_key(header), _BY_HEADER, n=1, cutoff=0.6)
    return _BY_HEADER[close[0]].header if close else None
