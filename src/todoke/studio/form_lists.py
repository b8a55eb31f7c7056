"""Lists of forms and of what is taken online 様式・オンライン受付: what each page shows, sorts by and exports."""

from collections.abc import Mapping
from typing import Any, Self

from django.db.models import Max, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.html import format_html

from todoke.accounts.models import User
from todoke.cases.models import Case
from todoke.design.templatetags.design import page_date
from todoke.formbuilder.models import FormDraft, FormVersion, Submission
from todoke.lists.bounded_count import BoundedCount, in_words
from todoke.lists.cells import joined, link, tag
from todoke.lists.columns import Column
from todoke.lists.row_list import RowList
from todoke.offers.models import Offer
from todoke.studio.access import get_draft


def _filling(*, exact: bool) -> BoundedCount:
    """How many people are filling a form in."""
    return BoundedCount(Submission.objects.drafts().filter(version__draft=OuterRef("pk")), exact=exact)


def _applications(*, exact: bool) -> BoundedCount:
    """How many applied for a service."""
    return BoundedCount(Case.objects.filter(release__offer=OuterRef("pk")), exact=exact)


def _version(draft: Any) -> object:
    return tag(f"第{draft.latest}版", "success") if draft.latest else tag("まだ公開していません")


class FormDraftList(RowList[FormDraft]):
    """様式の一覧: every draft, newest first, with its published version and how many people are filling it in."""

    name, title, url = "forms", "様式", "studio:forms"
    key, start, counted = "code", "-edited_at", True
    search_fields, search_label = ("title",), "名称"
    columns = (
        Column("title", "名称", lambda d: d.title, sort="title",
               cell=lambda d: link(reverse("studio:form", args=[d.code]), d.title)),
        Column("code", "アドレスの名前", lambda d: d.code, shown=False, exported=True),
        Column("version", "公開した版", lambda d: d.latest, sort="latest", cell=_version),
        Column("filling", "記入中の人", lambda d: d.filling, sort="filling", css="num",
               cell=lambda d: in_words(d.filling, "人")),
        Column("edited_at", "最後に保存", lambda d: d.edited_at, sort="edited_at",
               cell=lambda d: joined([page_date(d.edited_at), d.edited_by])),
        Column("by", "保存した人", lambda d: d.edited_by, shown=False, exported=True),
    )  # fmt: skip

    def rows(self, view: str) -> QuerySet[FormDraft]:
        versions = FormVersion.objects.filter(draft=OuterRef("pk")).order_by("-number").values("number")
        drafts = FormDraft.objects.annotate(latest=Subquery(versions[:1]), filling=_filling(exact=False))
        return drafts.select_related("edited_by").defer("document")

    def exact(self, rows: QuerySet[FormDraft]) -> QuerySet[FormDraft]:
        return rows.annotate(filling=_filling(exact=True))


def _standing(offer: Any) -> object:
    if not offer.newest:
        return "—"
    return tag("受付中", "success") if offer.is_open() else tag("受付していません")


def _standing_in_words(offer: Any) -> str:
    return "未公開" if not offer.newest else "受付中" if offer.is_open() else "受付していません"


class OfferList(RowList[Offer]):
    """オンライン受付の一覧: every service, with its newest release and how many applied."""

    name, title, url = "offers", "オンライン受付", "studio:offers"
    key, start = "code", "procedure"
    search_fields, search_label = ("procedure__title", "department__name"), "手続・担当部署"
    columns = (
        Column("procedure", "手続", lambda o: o.procedure.title, sort="procedure__title", css="words",
               cell=lambda o: link(reverse("studio:offer", args=[o.code]), o.procedure.title)),
        Column("code", "アドレスの名前", lambda o: o.code, shown=False, exported=True),
        Column("department", "担当部署", lambda o: o.department.name, sort="department__code"),
        Column("newest", "版", lambda o: o.newest, sort="newest",
               cell=lambda o: f"第{o.newest}版" if o.newest else tag("未公開", "warning")),
        Column("standing", "受付", _standing_in_words, cell=_standing),
        Column("applications", "申請", lambda o: o.applications, sort="applications", css="number",
               cell=lambda o: in_words(o.applications, "件")),
    )  # fmt: skip

    def rows(self, view: str) -> QuerySet[Offer]:
        offers = Offer.objects.annotate(newest=Max("releases__number"), applications=_applications(exact=False))
        return offers.select_related("procedure", "department")

    def exact(self, rows: QuerySet[Offer]) -> QuerySet[Offer]:
        return rows.annotate(applications=_applications(exact=True))


class FormVersionList(RowList[FormVersion]):
    """様式の版の一覧: what was published of one form, newest first."""

    name, title, url = "form-versions", "様式の版", "studio:publication"
    key, tie, start = "number", "number", "-number"
    search_fields, search_label = ("note", "published_by__name"), "理由・公開した人"
    columns = (
        Column("number", "版", lambda v: f"第{v.number}版", sort="number", css="nowrap"),
        Column("published", "公開した日", lambda v: v.published_at, sort="published_at", css="nowrap"),
        Column("by", "公開した人", lambda v: v.published_by.name if v.published_by else "システム",
               sort="published_by__name"),
        Column("note", "理由", lambda v: v.note, css="words"),
        Column("hash", "照合値", lambda v: v.hash[:12], cell=lambda v: format_html("<code>{}</code>", v.hash[:12])),
    )  # fmt: skip

    def __init__(self, user: User, draft: FormDraft) -> None:
        super().__init__(user)
        self.draft = draft

    @classmethod
    def at(cls, user: User, place: Mapping[str, Any]) -> Self:
        return cls(user, get_draft(place["code"]))

    def path(self) -> str:
        return reverse(self.url, args=[self.draft.code])

    def rows(self, view: str) -> QuerySet[FormVersion]:
        return self.draft.versions.select_related("published_by").defer("document")
