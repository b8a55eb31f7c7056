"""The registers that have lists 一覧のある台帳: systems, incidents, meetings and evaluations."""

from typing import Any

from todoke.board.listing import Pick, Register
from todoke.meetings.models import Meeting
from todoke.systems.models import Incident, InformationSystem


def _system(row: Any) -> list[object]:
    return [
        row.code, row.name, row.department.name, row.vendor, row.standard_task or "", row.started_on,
        row.last_used_on, row.get_decision_display(), row.decision_reason, row.leaning, row.troubles,
    ]  # fmt: skip


def _incident(row: Any) -> list[object]:
    return [
        row.number, row.title, row.system.name, row.detected_at, row.affected_estimate, row.affected_actual,
        row.get_status_display(), row.closed_at,
    ]  # fmt: skip


def _meeting(row: Any) -> list[object]:
    return [row.code, row.title, row.body.name, row.held_on, row.get_status_display(), row.decided, row.made]


SYSTEMS = Register(
    "情報システム", "code", ("name", "vendor", "department__name", "code"),
    {"name": "name", "department": "department__code", "vendor": "vendor", "used": "last_used_on",
     "leaning": "leaning", "code": "code"},
    "code",
    ["番号", "名称", "所管", "事業者", "標準化対象事務", "稼働開始", "最終利用日", "今後", "理由", "手続",
     "調査中の障害"],
    _system,
    [Pick("decision", "今後の扱い", "decision", list(InformationSystem.Decision.choices))],
)  # fmt: skip
INCIDENTS = Register(
    "障害", "number", ("number", "title", "symptoms", "system__name"),
    {"number": "number", "detected": "detected_at", "system": "system__name", "actual": "affected_actual"},
    "-detected",
    ["番号", "件名", "システム", "検知", "影響(推計)", "影響(実数)", "状態", "終結"],
    _incident,
    [Pick("status", "状態", "status", list(Incident.Status.choices))],
)  # fmt: skip
MEETINGS = Register(
    "会議", "code", ("title", "code", "body__name"),
    {"held": "held_on", "title": "title", "made": "made"},
    "-held",
    ["番号", "会議", "会議体", "開催日", "状態", "決定", "宿題"],
    _meeting,
    [Pick("status", "状態", "status", list(Meeting.Status.choices))],
)  # fmt: skip
