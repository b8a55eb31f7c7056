"""読取り様式の一覧: the published templates, and the printed forms of ours that have none yet."""

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString

from todoke.accounts.models import User
from todoke.lists.cells import link, moment
from todoke.lists.columns import Column
from todoke.lists.row_list import RowList
from todoke.offers.models import Release
from todoke.scans.models import ScanTemplate
from todoke.scans.permissions import WRITE_SCAN_TEMPLATES


def _title(row: ScanTemplate) -> SafeString:
    return link(address_of(row), row.title)


def address_of(template: ScanTemplate) -> str:
    """Return the address of a template."""
    if template.variant:
        return reverse("studio:scan-template-variant", args=[template.key, template.version, template.variant])
    return reverse("studio:scan-template", args=[template.key, template.version])


class ScanTemplateList(RowList[ScanTemplate]):
    """読取り様式の一覧: every version, the newest first."""

    name, title, url = "scan-templates", "読取り様式", "studio:scan-templates"
    key, start = "pk", "-published"
    search_fields, search_label = ("title",), "様式の名前"
    columns = (
        Column("title", "様式", lambda row: row.title, sort="title", cell=_title, css="words"),
        Column("paper", "紙", lambda row: "課の様式" if row.variant else "この庁で刷った様式"),
        Column("version", "版", lambda row: row.version, sort="version", css="number"),
        Column("department", "担当部署", lambda row: row.department.name, sort="department__code"),
        Column("fields", "欄", lambda row: len(row.document), css="number"),
        Column("batches", "使った束", lambda row: row.used, sort="used", css="number"),
        Column("published", "公開した日時", lambda row: moment(row.published_at), sort="published_at", css="nowrap"),
    )
    filled = frozenset({"used"})

    def rows(self, view: str) -> QuerySet[ScanTemplate]:
        found = ScanTemplate.objects.visible_to(self.user).select_related("department")
        return found.annotate(used=Count("batches"))


def releases_without_template(user: User) -> QuerySet[Release]:
    """Return the releases in force whose printed form has no template yet, which the person may make one for."""
    there = ScanTemplate.objects.filter(key=OuterRef("offer__code"), version=OuterRef("number"), variant="")
    return _may_write(Release.objects.in_force().exclude(Exists(there)), user)


def releases_to_draw(user: User) -> QuerySet[Release]:
    """Return the releases in force for whose own blank the person may draw a template."""
    return _may_write(Release.objects.in_force(), user)


def _may_write(found: QuerySet[Release], user: User) -> QuerySet[Release]:
    if not WRITE_SCAN_TEMPLATES.held_by(user):
        found = found.filter(offer__department__in=WRITE_SCAN_TEMPLATES.departments_of(user))
    return found.select_related("offer__procedure", "offer__department").order_by("offer__procedure__serial")
