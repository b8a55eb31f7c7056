"""職員: the register of staff, and the invitations of who has not chosen a password yet."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET

from todoke.accounts.models import User
from todoke.lists.list_page import list_page
from todoke.office.organization.staff_list import StaffList
from todoke.personnel.invitations import request_invitations
from todoke.personnel.permissions import REGISTER_STAFF
from todoke.personnel.staff_table import HEADS
from todoke.spreadsheets.writer import XLSX, xlsx_file
from todoke.web.actions import action
from todoke.web.downloads import without_persons
from todoke.web.permission_check import staff

EXAMPLES = (
    (
        "5000",
        "こども部",
        "",
        "03-0000-0000",
        "部長",
        "部長",
        "見本 一郎",
        "ミホン イチロウ",
        "ichiro@example.lg.jp",
        "",
        "",
    ),
    ("5010", "子育て支援課", "5000", "", "課長", "課長", "見本 花子", "ミホン ハナコ", "hanako@example.lg.jp", "", ""),
    (
        "5010",
        "子育て支援課",
        "5000",
        "",
        "係員",
        "担当",
        "見本 次郎",
        "ミホン ジロウ",
        "jiro@example.lg.jp",
        "令和9年4月1日",
        "",
    ),
)


@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    return list_page(request, StaffList(staff(request, REGISTER_STAFF)), "office/staff/index.html")


@require_GET
def template(request: HttpRequest) -> HttpResponseBase:
    """Return the workbook to fill in, with three lines as an example."""
    staff(request, REGISTER_STAFF)
    return without_persons(xlsx_file(HEADS, EXAMPLES), "職員名簿のひな形.xlsx", media_type=XLSX)


@action("office:staff")
def invitations(request: HttpRequest) -> str:
    """Invite those who were not invited yet, or again those who did not choose a password."""
    by = staff(request, REGISTER_STAFF)
    view = "waiting" if request.POST.get("who") == "waiting" else "uninvited"
    people = User.objects.filter(pk__in=StaffList(by).rows(view).values("user"))
    count = request_invitations(people, by=by)
    return f"{count:,}人を招待しました。メールは順に出ていきます。" if count else "招待する人は、いまはいません。"
