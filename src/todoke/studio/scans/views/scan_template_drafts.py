"""読取り様式の案: boxes drawn on the picture of a blank form, published as a template."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from todoke.file_validation.content_types import MAX_BYTES
from todoke.formbuilder.publication.paper_form import PaperField, every_field
from todoke.offers.models import Release
from todoke.scans.models import ScanTemplateDraft
from todoke.scans.sheet_files import check_picture
from todoke.studio.scans.forms.scan_template_drafts import DrawnFieldForm
from todoke.studio.scans.scan_template_list import address_of, releases_to_draw
from todoke.web import downloads
from todoke.web.actions import RefusalsOn, action
from todoke.web.permission_check import staff


def _draft(request: HttpRequest, token: str) -> ScanTemplateDraft:
    visible = ScanTemplateDraft.objects.visible_to(staff(request)).select_related("department")
    return get_object_or_404(visible, token=token)


def _asked(draft: ScanTemplateDraft) -> list[PaperField]:
    """Return the boxes that the form of a draft has."""
    release = get_object_or_404(Release, offer__code=draft.key, number=draft.version)
    return every_field(release.form_version.parsed)


def _seen(request: HttpRequest) -> int:
    text = request.POST.get("seen", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0


@action("studio:scan-templates")
def begin(request: HttpRequest) -> HttpResponse:
    """Keep the pictures of a blank, and begin to draw."""
    by = staff(request)
    release = get_object_or_404(releases_to_draw(by), offer__code=request.POST.get("code", ""))
    pictures = [check_picture(file.read(MAX_BYTES + 1)) for file in request.FILES.getlist("pictures")]
    made = ScanTemplateDraft.begin(
        release.offer.code, release.number, title=release.procedure.title, department=release.offer.department,
        pictures=pictures, by=by,
    )  # fmt: skip
    return redirect("studio:scan-draft", made.token)


def _page(request: HttpRequest, draft: ScanTemplateDraft, form: DrawnFieldForm | None) -> HttpResponse:
    fields, asked = draft.fields, _asked(draft)
    drawn = {field.key for field in fields}
    pages = [(page, [field for field in fields if field.page == page]) for page in range(1, len(draft.pictures) + 1)]
    left = [field for field in asked if field.key not in drawn]
    context = {"draft": draft, "pages": pages, "left": left, "fields": fields, "form": form}
    return render(request, "studio/scan_templates/draft.html", context, status=422 if form and form.errors else 200)


def _field_asked(request: HttpRequest, draft: ScanTemplateDraft, key: str) -> PaperField:
    found = next((field for field in _asked(draft) if field.key == key), None)
    if found is None:
        raise Http404
    return found


@require_GET
def show(request: HttpRequest, token: str) -> HttpResponse:
    """Show the blank with its boxes, and the form of the field that was chosen."""
    draft, key = _draft(request, token), request.GET.get("field", "")
    return _page(request, draft, DrawnFieldForm(draft, _field_asked(request, draft, key)) if key else None)


@require_GET
def picture(request: HttpRequest, token: str, page: int) -> HttpResponseBase:
    """Return the picture of a page of the blank."""
    draft = _draft(request, token)
    if not 1 <= page <= len(draft.pictures):
        raise Http404
    content, media_type = draft.open_picture(page)
    return downloads.without_persons(content, f"白紙{page}", media_type=media_type, inline=True)


@require_POST
def field(request: HttpRequest, token: str) -> HttpResponse:
    """Draw a field, or draw it anew."""
    draft = _draft(request, token)
    form = DrawnFieldForm(draft, _field_asked(request, draft, request.POST.get("field", "")), request.POST)
    if form.is_valid():
        with RefusalsOn(form):
            draft.put(form.drawn(), seen=_seen(request), by=staff(request))
            messages.success(request, f"「{form.asked.title}」の枠を置きました。")
            return redirect("studio:scan-draft", token)
    return _page(request, draft, form)


@action("studio:scan-draft", "token")
def removal(request: HttpRequest, token: str) -> str:
    """Remove a field from the draft."""
    _draft(request, token).remove(request.POST.get("field", ""), seen=_seen(request), by=staff(request))
    return "枠を消しました。"


@action("studio:scan-draft", "token")
def publication(request: HttpRequest, token: str) -> HttpResponse:
    """Publish the draft as a template."""
    return redirect(address_of(_draft(request, token).publish(seen=_seen(request), by=staff(request))))


@action("studio:scan-templates")
def disposal(request: HttpRequest, token: str) -> str:
    """Give the draft up."""
    _draft(request, token).discard(by=staff(request))
    return "案を取りやめました。"
