"""The registers that have lists 一覧のある台帳: systems, incidents, changes, meetings and plans."""

from typing import Any

from django.db.models import CharField, Count, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat

from todoke.board.list_pages import Pick, Register
from todoke.meetings.models import Meeting
from todoke.plans.models import Plan
from todoke.systems.models import Change, Incident, InformationSystem


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


def _plan(row: Any) -> list[object]:
    before = row.predecessor.title if row.predecessor else ""
    return [row.code, row.title, row.starts_on, row.ends_on, row.get_status_display(), before]


def _change(row: Any) -> list[object]:
    return [row.mark, row.starts_at, row.ends_at, row.system.name, row.get_kind_display(), row.title, row.told_at]


def changes() -> QuerySet[Change]:
    """Return the changes, each with its place among those of its system and the mark that both make."""
    earlier = Change.objects.filter(system=OuterRef("system"), pk__lte=OuterRef("pk")).order_by()
    place = Subquery(earlier.values("system").annotate(count=Count("pk")).values("count"))
    rows = Change.objects.select_related("system__department").annotate(place=place)
    return rows.annotate(mark=Concat("system__code", Value("-"), Cast("place", CharField())))


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
PLANS = Register(
    "計画", "code", ("title", "code"),
    {"title": "title", "starts": "starts_on", "ends": "ends_on"},
    "-starts",
    ["番号", "計画", "始まり", "終わり", "状態", "前の計画"],
    _plan,
    [Pick("status", "状態", "status", list(Plan.Status.choices))],
)  # fmt: skip
CHANGES = Register(
    "変更予定", "mark", ("title", "system__name"),
    {"starts": "starts_at", "system": "system__name", "told": "told_at"},
    "starts",
    ["番号", "開始", "終了", "システム", "種類", "内容", "知らせた日時"],
    _change,
    [Pick("kind", "種類", "kind", list(Change.Kind.choices))],
)  # fmt: skip
