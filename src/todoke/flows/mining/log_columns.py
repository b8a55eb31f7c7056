"""Log columns 列の対応: which column of a log holds case, activity, time and the rest, detected by usual names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

from todoke.runtime.refusals import Unreadable
from todoke.spreadsheets.headings import Headings, heading_key

_KNOWN_NAMES = {
    "case": (
        *(
            "case:concept:name",
            "case id",
            "case",
            "case number",
            "case key",
            "trace id",
            "application id",
            "request id",
        ),
        *(
            "案件番号",
            "受付番号",
            "整理番号",
            "申請番号",
            "届出番号",
            "管理番号",
            "案件id",
            "案件",
            "ケースid",
            "ケース",
        ),
    ),
    "activity": (
        *("concept:name", "activity", "activity name", "event", "event name", "task", "task name", "step", "action"),
        *("作業名", "作業", "作業内容", "処理名", "処理", "処理内容", "工程", "ステップ", "アクティビティ", "イベント"),
    ),
    "time": (
        *("time:timestamp", "complete timestamp", "completion time", "complete time", "end time", "end timestamp"),
        *("finish time", "end date", "end", "timestamp", "event time", "datetime", "date time", "time", "date"),
        *("完了日時", "終了日時", "処理日時", "作業日時", "記録日時", "発生日時", "日時", "時刻", "処理日", "日付"),
        *("start timestamp", "start time", "start", "開始日時", "受付日時"),
    ),
    "start": (
        *("start timestamp", "start time", "started", "time:start", "begin", "開始日時", "着手日時", "開始時刻"),
    ),
    "lifecycle": ("lifecycle:transition", "lifecycle", "transition"),
    "resource": (
        *("org:resource", "resource", "user", "user id", "employee", "performer", "actor", "role"),
        *("担当者", "担当者名", "担当", "処理者", "作業者", "職員"),
    ),
    "channel": (
        *("case:channel", "channel", "case:channel name"),
        *("受付方法", "申請方法", "受付経路", "申請経路", "受付窓口", "経路", "チャネル"),
    ),
    "deadline": (
        *("case:deadline", "deadline", "due date", "due"),
        *("期限", "処理期限", "標準処理期限", "標準処理期間の期限", "期日"),
    ),
}
_KEYS = {role: {heading_key(name) for name in names} for role, names in _KNOWN_NAMES.items()}
_MINED_KEYS = set().union(*(keys for role, keys in _KEYS.items() if role != "resource"))
_TIME_ROLES = {"time", "start", "deadline"}
_REQUIRED = ("case", "activity", "time")


@dataclass(frozen=True)
class LogColumns:
    """列の対応: the column of each role; an empty name means that there is none."""

    case: str = ""
    activity: str = ""
    time: str = ""
    start: str = ""
    lifecycle: str = ""
    resource: str = ""
    channel: str = ""
    deadline: str = ""

    def present(self) -> list[str]:
        """Return the names of the columns that there are."""
        return [getattr(self, spec.name) for spec in fields(self) if getattr(self, spec.name)]

    def missing(self) -> list[str]:
        """Return the required roles without a column."""
        return [name for name in _REQUIRED if not getattr(self, name)]


def wanted_headings(given: Mapping[str, str] | None = None) -> Headings:
    """Return the headings by which the table of a log is found: the usual names and the given ones."""
    names = {role: (*filter(None, [(given or {}).get(role, "")]), *usual) for role, usual in _KNOWN_NAMES.items()}
    return Headings(tuple(names[role] for role in _REQUIRED), tuple(name for usual in names.values() for name in usual))


def is_mined(name: str, given: Mapping[str, str] | None = None) -> bool:
    """Tell whether an analysis may ask for the values of a column: it has a given or a usual name of a role.

    Of a resource only the name is told.
    """
    return name in (given or {}).values() or heading_key(name) in _MINED_KEYS


def is_time(name: str, given: Mapping[str, str] | None = None) -> bool:
    """Tell whether an analysis may ask a column for times, and not for texts."""
    roles = {role for role, column in (given or {}).items() if column == name}
    roles |= {role for role, keys in _KEYS.items() if heading_key(name) in keys}
    return bool(roles) and roles <= _TIME_ROLES


def detect_columns(names: Sequence[str], given: Mapping[str, str] | None = None) -> LogColumns:
    """Return the columns detected by name; ``given`` names take precedence.

    Raises Unreadable when a given name is no column.
    """
    plain = {heading_key(name): name for name in reversed(names)}
    found: dict[str, str] = {}
    for role in (spec.name for spec in fields(LogColumns)):
        wanted = (given or {}).get(role, "")
        if wanted and wanted not in names:
            raise Unreadable(f"列「{wanted}」がありません。ある列: {'、'.join(names)}")
        found[role] = wanted or next(
            (plain[heading_key(name)] for name in _KNOWN_NAMES[role] if heading_key(name) in plain), ""
        )
    if found["start"] == found["time"]:
        found["start"] = ""
    return LogColumns(**found)
