"""Lists of the register of systems 情報システム・障害・変更予定: what each page shows, sorts by and exports."""

from collections.abc import Sequence
from typing import Any

from django.db.models import CharField, Count, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from todoke.board.register_forms import REGISTERS
from todoke.design.templatetags.design import page_date
from todoke.lists.cells import joined, link, moment, tag
from todoke.lists.columns import Choice, Column, Filter
from todoke.lists.row_list import RowList
from todoke.systems.models import Change, Incident, IncidentNotice, InformationSystem
from todoke.systems.models.register import departments_by_system


def _system(row: Any) -> SafeString:
    return link(reverse("board:system", args=[row.code]), row.name)


def _last_used(row: InformationSystem) -> object:
    if not row.last_used_on:
        return tag("利用の記録なし", "warning")
    years = row.years_unused() if row.decision == InformationSystem.Decision.KEEP else 0
    return joined([page_date(row.last_used_on), tag(f"{years}年以上使われていません", "error") if years else ""])


def _leaning(row: Any) -> object:
    return link(f"{reverse('board:system', args=[row.code])}#lean", row.leaning) if row.leaning else "0"


def _troubles(row: Any) -> object:
    if not row.troubles:
        return "なし"
    query = urlencode({"q": row.name, "status": Incident.Status.INVESTIGATING})
    return link(f"{reverse('board:incidents')}?{query}", f"調査中 {row.troubles}件")


class SystemList(RowList[InformationSystem]):
    """情報システムの一覧: the whole register."""

    name, title, url = "systems", "情報システム", "board:systems"
    key, start, counted = "code", "code", True
    search_fields, search_label = ("name", "vendor", "department__name", "code"), "名前・事業者・部署"
    columns = (
        Column("code", "番号", lambda s: s.code, sort="code", shown=False, exported=True),
        Column("name", "システム", lambda s: s.name, sort="name", cell=_system),
        Column("department", "所管", lambda s: s.department.name, sort="department__code"),
        Column("vendor", "事業者", lambda s: s.vendor, sort="vendor"),
        Column("standard", "標準化対象事務", lambda s: s.standard_task or "",
               cell=lambda s: s.standard_task or "対象外"),
        Column("started", "稼働開始", lambda s: s.started_on, css="nowrap", shown=False, exported=True),
        Column("leaning", "手続", lambda s: s.leaning, sort="leaning", cell=_leaning, css="number"),
        Column("used", "最終利用日", lambda s: s.last_used_on, sort="last_used_on", css="nowrap",
               cell=_last_used),
        Column("decision", "今後", lambda s: s.get_decision_display()),
        Column("reason", "理由", lambda s: s.decision_reason, css="words", shown=False, exported=True),
        Column("troubles", "調査中の障害", lambda s: s.troubles, cell=_troubles),
    )  # fmt: skip

    def filters(self) -> Sequence[Filter]:
        unused = [("1", "1年以上使われていない")]
        return (
            Choice("decision", "今後の扱い", InformationSystem.Decision.choices, field="decision"),
            Choice(
                "unused", "利用", unused, condition=lambda _: Q(pk__in=InformationSystem.objects.unused().values("pk"))
            ),
        )

    def rows(self, view: str) -> QuerySet[InformationSystem]:
        investigating = Q(incidents__status=Incident.Status.INVESTIGATING)
        return InformationSystem.objects.select_related("department", "standard_task").annotate(
            troubles=Count("incidents", filter=investigating, distinct=True),
            leaning=Count("dependencies", distinct=True),
        )


def _incident(row: Incident) -> SafeString:
    return link(reverse("board:incident", args=[row.number]), row.number)


def _people(count: float | None, before: str, unknown: str) -> str:
    return unknown if count is None else f"{before}{count:g}人"


def _incident_state(row: Incident) -> SafeString:
    return tag(row.get_status_display(), "error" if row.status == Incident.Status.INVESTIGATING else "")


class IncidentList(RowList[Incident]):
    """障害の一覧: incidents, newest first."""

    name, title, url = "incidents", "障害", "board:incidents"
    key, start, counted = "number", "-detected", True
    search_fields, search_label = ("number", "title", "symptoms", "system__name"), "件名・事象・システム"
    columns = (
        Column("number", "番号", lambda i: i.number, sort="number", cell=_incident, css="nowrap"),
        Column("title", "件名", lambda i: i.title, sort="title", css="words"),
        Column("system", "システム", lambda i: i.system.name, sort="system__name"),
        Column("detected", "検知", lambda i: i.detected_at, sort="detected_at", css="nowrap",
               cell=lambda i: moment(i.detected_at)),
        Column("estimate", "影響(推計)", lambda i: i.affected_estimate, css="number",
               cell=lambda i: _people(i.affected_estimate, "約", "—")),
        Column("actual", "影響(実数)", lambda i: i.affected_actual, sort="affected_actual", css="number",
               cell=lambda i: _people(i.affected_actual, "", "未確定")),
        Column("status", "状態", lambda i: i.get_status_display(), cell=_incident_state),
        Column("closed", "終結", lambda i: i.closed_at, sort="closed_at", shown=False, exported=True, css="nowrap"),
    )  # fmt: skip

    def filters(self) -> Sequence[Filter]:
        return (Choice("status", "状態", Incident.Status.choices, field="status"),)

    def rows(self, view: str) -> QuerySet[Incident]:
        return Incident.objects.select_related("system")


class ChangeList(RowList[Change]):
    """変更予定の一覧: each change with its place among those of its system, and the mark that both make."""

    name, title, url, row_name = "changes", "変更予定", "board:changes", "change"
    key, start, counted = "mark", "starts", True
    search_fields, search_label = ("title", "system__name"), "内容・システム"
    columns = (
        Column("mark", "番号", lambda c: c.mark, shown=False, exported=True),
        Column("system", "システム", lambda c: c.system.name, sort="system__name",
               cell=lambda c: link(reverse("board:system", args=[c.system.code]), c.system)),
        Column("starts", "開始", lambda c: c.starts_at, sort="starts_at", cell=lambda c: moment(c.starts_at),
               css="nowrap"),
        Column("ends", "終了", lambda c: c.ends_at, sort="ends_at", cell=lambda c: moment(c.ends_at), css="nowrap"),
        Column("kind", "種類", lambda c: c.get_kind_display()),
        Column("title", "内容", lambda c: c.title, template="board/changes/content.html"),
        Column("before", "先に終える作業", lambda c: "、".join(map(str, c.predecessors.all())), css="words"),
        Column("clashes", "重なり", lambda c: "", template="board/changes/clashes.html", exported=False),
        Column("sections", "知らせる部署", lambda c: "", exported=False,
               cell=lambda c: "、".join(map(str, c.sections))),
        Column("approved", "承認した日時", lambda c: c.approved_at, shown=False, exported=True),
        Column("told", "承認・お知らせ", lambda c: c.told_at, sort="told_at", template="board/changes/told.html"),
    )  # fmt: skip

    def filters(self) -> Sequence[Filter]:
        return (Choice("kind", "種類", Change.Kind.choices, field="kind"),)

    def rows(self, view: str) -> QuerySet[Change]:
        earlier = Change.objects.filter(system=OuterRef("system"), pk__lte=OuterRef("pk")).order_by()
        place = Subquery(earlier.values("system").annotate(count=Count("pk")).values("count"))
        rows = Change.objects.select_related("system__department", "approved_by").prefetch_related("predecessors")
        rows = rows.annotate(place=place)
        return rows.annotate(mark=Concat("system__code", Value("-"), Cast("place", CharField())))

    def fetch(self, rows: "QuerySet[Any, Change]") -> list[Change]:
        """With what else happens at the same time, and whom a change concerns."""
        found: list[Any] = super().fetch(rows)
        if not found:
            return found
        first, last = min(each.starts_at for each in found), max(each.ends_at for each in found)
        work = Change.objects.filter(starts_at__lt=last, ends_at__gt=first).select_related("system")
        busy, sections = REGISTERS["busy"].rows(None), departments_by_system(each.system for each in found)
        for each in found:
            each.clashes, each.sections = each.clashes_among(busy, work), sections[each.system_id]
        return found


def _notice(row: IncidentNotice) -> SafeString:
    return link(f"{reverse('board:incident', args=[row.incident.number])}#notices", row.subject)


class IncidentNoticeList(RowList[IncidentNotice]):
    """障害のお知らせの一覧: the notices of all incidents, the last sent first, then the drafts."""

    name, title, url = "incident-notices", "障害のお知らせ", "board:incident-notice-list"
    start, counted = "-sent", True
    search_fields, search_label = (
        ("subject", "body", "incident__number", "incident__system__name"),
        "件名・文・システム",
    )
    columns = (
        Column("subject", "件名", lambda n: n.subject, sort="subject", cell=_notice, css="words"),
        Column("incident", "障害", lambda n: n.incident.number, sort="incident__number", css="nowrap"),
        Column("system", "システム", lambda n: n.incident.system.name, sort="incident__system__name"),
        Column("audience", "知らせる相手", lambda n: n.get_audience_display()),
        Column("status", "状態", lambda n: n.get_status_display(),
               cell=lambda n: tag(n.get_status_display(), "success" if n.sent_at else "")),
        Column("sent", "知らせた日時", lambda n: n.sent_at, sort="sent_at", cell=lambda n: moment(n.sent_at),
               css="nowrap"),
        Column("people", "人数", lambda n: n.sent_to, css="number", shown=False, exported=True),
        Column("body", "文", lambda n: n.body, css="words", shown=False, exported=True),
    )  # fmt: skip

    def filters(self) -> Sequence[Filter]:
        return (
            Choice("audience", "知らせる相手", IncidentNotice.Audience.choices, field="audience"),
            Choice("status", "状態", IncidentNotice.Status.choices, field="status"),
        )

    def rows(self, view: str) -> QuerySet[IncidentNotice]:
        return IncidentNotice.objects.select_related("incident__system")
