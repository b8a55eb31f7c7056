"""ファイルの受け渡し: file links for other bodies and residents, and their downloads."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render

from todoke.cases.models.stop_flag import protected_names
from todoke.lists.csv_xlsx_export import list_response
from todoke.lists.query import wanted_format
from todoke.notices import file_links
from todoke.notices.models import FileLink
from todoke.notices.outbox import Recipient
from todoke.notices.permissions import SHARE_FILE
from todoke.office.correspondence.file_link_list import FileLinkList
from todoke.office.correspondence.forms.files import FileLinkForm
from todoke.runtime.refusals import Conflict, NotAllowed, NotYet
from todoke.web.actions import action
from todoke.web.export_reason import asks_reason
from todoke.web.permission_check import staff


def _page(request: HttpRequest, form: FileLinkForm, status: int = 200) -> HttpResponse:
    context = {"form": form, **FileLinkList(staff(request)).page(request.GET).context()}
    return render(request, "office/files/index.html", context, status=status)


@asks_reason
def index(request: HttpRequest) -> HttpResponseBase:
    """Show the links of the person's sections, and the form for a new one."""
    if wanted_format(request.GET):
        return list_response(FileLinkList(staff(request)), request)
    return _page(request, FileLinkForm())


@action("office:files")
def handing_(request: HttpRequest) -> str | HttpResponse:
    """Share a file by a link. Raises NotAllowed for a person without a post, NotYet for a protected recipient."""
    form = FileLinkForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, status=422)
    given, user = form.cleaned_data, staff(request)
    if not (sections := SHARE_FILE.departments_of(user)):
        raise NotAllowed("ファイルを渡せるのは、職位に就いている職員です。")
    if protected_names()(given["name"]):
        raise NotYet(
            "支援措置が登録されている人の名前です。メールのリンクではなく、窓口で本人を確かめて渡してください。"
        )
    to = Recipient(given["email"], None, given["name"])
    file_links.share_file(given["file"], to=to, note=given["note"], days=given["days"], department=sections[0], by=user)
    return "リンクをメールで送りました。受け取られると、下に記録されます。"


@action("office:files")
def revocation(request: HttpRequest, token: str) -> str:
    """Withdraw a link. Raises Conflict when it has ended before."""
    link = get_object_or_404(
        FileLink.objects.filter(department__in=SHARE_FILE.departments_of(staff(request))), token=token
    )
    if not file_links.revoke(link, by=staff(request)):
        raise Conflict("この受け渡しは、すでに終わっています。")
    return "取り消しました。もう受け取れません。"
