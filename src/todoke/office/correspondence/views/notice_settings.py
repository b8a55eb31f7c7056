"""知らせ方の設定: how the office is told of new applications, corrections and problems of payments."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from todoke.notices.models import DepartmentMailbox, NoticePreference
from todoke.notices.permissions import SET_MAILBOX
from todoke.office.correspondence.forms.notice_settings import DepartmentMailboxForm, NoticePreferenceForm
from todoke.organization.models import Department
from todoke.web.actions import RefusalsOn
from todoke.web.permission_check import staff

PAGE = "office/notice_settings/show.html"


def _page(
    request: HttpRequest, *, mine: NoticePreferenceForm | None = None,
    refused: Mapping[int, DepartmentMailboxForm] | None = None,
) -> HttpResponse:  # fmt: skip
    """Return the page, with a form that was refused in its place."""
    by = staff(request)
    sections = SET_MAILBOX.departments_of(by)
    kept = {box.department_id: box for box in DepartmentMailbox.objects.filter(department__in=sections)}
    boxes = [(each, (refused or {}).get(each.pk) or _box_form(kept.get(each.pk), each)) for each in sections]
    form = mine or NoticePreferenceForm.of(NoticePreference.of(by))
    failed = bool(form.errors or any(box.errors for _, box in boxes))
    return render(request, PAGE, {"form": form, "boxes": boxes}, status=422 if failed else 200)


def _box_form(box: DepartmentMailbox | None, section: Department, data: Any = None) -> DepartmentMailboxForm:
    initial = {"email": box.email, "way": box.way} if box else {}
    return DepartmentMailboxForm(data, initial=initial, prefix=section.code)


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """Show how the person and their sections are told."""
    return _page(request)


@require_POST
def preference(request: HttpRequest) -> HttpResponse:
    """Keep how the person wants to be told."""
    form = NoticePreferenceForm.of(NoticePreference.of(staff(request)), request.POST)
    if not form.is_valid():
        return _page(request, mine=form)
    NoticePreference.keep(**form.cleaned_data, by=staff(request))
    messages.success(request, "知らせ方を変えました。")
    return redirect("office:notice-settings")


@require_POST
def mailbox(request: HttpRequest, code: str) -> HttpResponse:
    """Set the mailbox of a section."""
    section = next((each for each in SET_MAILBOX.departments_of(staff(request)) if each.code == code), None)
    if section is None:
        raise Http404
    form = _box_form(None, section, request.POST)
    if form.is_valid():
        with RefusalsOn(form, "email"):
            DepartmentMailbox.keep(section, **form.cleaned_data, by=staff(request))
            messages.success(request, f"{section.name}のメールボックスを変えました。")
            return redirect("office:notice-settings")
    return _page(request, refused={section.pk: form})
