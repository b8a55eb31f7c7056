"""Columns 列の対応: which column of a record of work is the case, the act, the time; found by its usual names."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields

from todoke.runtime.refusals import Unreadable

_NAMES = {
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
_REQUIRED = ("case", "activity", "time")
_GAPS = re.compile(r"[\s_\-]+")


@dataclass(frozen=True)
class Columns:
    """Which column of a table holds what 列の対応; empty names are absent."""

    case: str = ""
    activity: str = ""
    time: str = ""
    resource: str = ""
    channel: str = ""
    deadline: str = ""

    def present(self) -> list[str]:
        return [getattr(self, spec.name) for spec in fields(self) if getattr(self, spec.name)]

    def missing(self) -> list[str]:
        return [name for name in _REQUIRED if not getattr(self, name)]


def _plain(name: str) -> str:
    """Caseid, CASE_ID and "Case ID" are one name."""
    return _GAPS.sub("", name.strip().casefold())


def recognise(names: list[str], given: Mapping[str, str] | None = None) -> Columns:
    """Find the columns by their names; what is given wins. Raises Unreadable when a given name is not there."""
    plain = {_plain(name): name for name in reversed(names)}
    found: dict[str, str] = {}
    for role in (spec.name for spec in fields(Columns)):
        wanted = (given or {}).get(role, "")
        if wanted and wanted not in names:
            raise Unreadable(f"列「{wanted}」がありません。ある列: {'、'.join(names)}")
        found[role] = wanted or next((plain[_plain(name)] for name in _NAMES[role] if _plain(name) in plain), "")
    return Columns(**found)
