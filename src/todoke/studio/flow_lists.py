"""Lists of flows and of surveys 業務フロー・窓口体験調査: what each page shows, sorts by and exports."""

from collections.abc import Mapping, Sequence

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString

from todoke.design.templatetags.design import due_tag, page_date
from todoke.flows.models import ExperienceSurvey, Flow, Improvement
from todoke.lists.cells import joined, link, tag
from todoke.lists.columns import Choice, Column, Filter
from todoke.lists.row_list import RowList
from todoke.procedures.models import Procedure


def _procedure(row: Flow | ExperienceSurvey) -> Procedure | None:
    """Return the procedure that a flow, its origin or a survey is about."""
    held = row.origin or row if isinstance(row, Flow) else row
    link_to = getattr(held, "procedure_link", None)
    return link_to.procedure if link_to else None


def _procedure_cell(row: Flow | ExperienceSurvey) -> object:
    found = _procedure(row)
    return link(reverse("office:procedure", args=[found.number]), found.title) if found else "まだ決めていません"


class FlowList(RowList[Flow]):
    """業務フローの一覧: every flow, newest first."""

    name, title, url = "flows", "業務フロー", "studio:flows"
    key, start, counted = "number", "-edited_at", True
    search_fields, search_label = ("title", "number"), "名称・番号"
    columns = (
        Column("title", "名称", lambda f: f.title, sort="title",
               cell=lambda f: link(reverse("studio:flow", args=[f.number]), f.title)),
        Column("kind", "区分", lambda f: f.get_kind_display(),
               cell=lambda f: tag(f.get_kind_display(), "success" if f.origin else "")),
        Column("procedure", "手続", lambda f: _procedure(f) or "", cell=_procedure_cell),
        Column("number", "番号", lambda f: f.number, sort="number", shown=False, exported=True),
        Column("edited_at", "最後に保存", lambda f: f.edited_at, sort="edited_at",
               cell=lambda f: joined([page_date(f.edited_at), f.edited_by])),
        Column("by", "保存した人", lambda f: f.edited_by, shown=False, exported=True),
    )  # fmt: skip

    def filters(self) -> Sequence[Filter]:
        return (Choice("kind", "区分", Flow.Kind.choices, field="kind"),)

    def rows(self, view: str) -> QuerySet[Flow]:
        linked = ("procedure_link__procedure", "origin__procedure_link__procedure")
        rows = Flow.objects.select_related("origin", "edited_by", *linked)
        return rows.defer("document", "origin__document")


class SurveyList(RowList[ExperienceSurvey]):
    """窓口体験調査の一覧: every survey, newest first."""

    name, title, url = "surveys", "窓口体験調査", "studio:surveys"
    key, start, counted = "number", "-walked", True
    search_fields, search_label = ("title", "persona__name", "number"), "名称・ペルソナ"
    columns = (
        Column("number", "番号", lambda s: s.number, sort="number", shown=False, exported=True),
        Column("title", "名称", lambda s: s.title, sort="title",
               cell=lambda s: link(reverse("studio:survey", args=[s.number]), s.title)),
        Column("procedure", "手続", lambda s: _procedure(s) or "", cell=_procedure_cell),
        Column("persona", "ペルソナ", lambda s: s.persona.name, sort="persona__name"),
        Column("walked", "調査日", lambda s: s.walked_on, sort="walked_on", css="nowrap"),
        Column("round", "回", lambda s: "再調査" if s.before_id else "初めて"),
    )  # fmt: skip

    def rows(self, view: str) -> QuerySet[ExperienceSurvey]:
        return ExperienceSurvey.objects.select_related("persona", "procedure_link__procedure")


def _due(row: Improvement) -> SafeString:
    is_open = row.status == Improvement.Status.OPEN
    return joined([page_date(row.due), due_tag(row.due) if is_open else ""])


class ImprovementList(RowList[Improvement]):
    """改善の課題の一覧: what surveys found, the next due first."""

    name, title, url = "improvements", "改善の課題", "studio:improvements"
    key, start, counted = "number", "due", True
    views = {"open": "取組中", "done": "済み", "all": "すべて"}
    search_fields, search_label = ("text", "step__survey__title", "owner__department__name"), "課題・調査・担当"
    columns = (
        Column("text", "課題", lambda i: i.text, sort="text", css="words",
               cell=lambda i: link(reverse("studio:survey", args=[i.step.survey.number]), i.text)),
        Column("survey", "調査", lambda i: i.step.survey.title, sort="step__survey__title"),
        Column("owner", "担当", lambda i: str(i.owner), sort="owner__department__code"),
        Column("due", "期限", lambda i: i.due, sort="due", cell=_due),
        Column("status", "状態", lambda i: i.get_status_display(), cell=lambda i: tag(i.get_status_display())),
        Column("result", "したこと", lambda i: i.result, css="words", shown=False, exported=True),
        Column("settled", "済んだ日時", lambda i: i.settled_at, sort="settled_at", css="nowrap", shown=False,
               exported=True),
    )  # fmt: skip

    def rows(self, view: str) -> QuerySet[Improvement]:
        found = Improvement.objects.select_related("owner__department", "step__survey")
        return found.filter(status=view) if view in Improvement.Status.values else found

    def counts(self) -> Mapping[str, int]:
        return {"open": self.rows("open").count()}
