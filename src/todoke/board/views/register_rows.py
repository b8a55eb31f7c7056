"""記入用紙: adding, correcting and removing register rows. Permissions are checked here, rules by the models."""

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from todoke.accounts.models import User
from todoke.audit.audited_rows import delete_audited, save_audited, version_token
from todoke.board.access import UNCHANGED
from todoke.board.forms.register_rows import RemovalForm, form_for
from todoke.board.register_forms import OF_MEETINGS, OF_PLANS, REGISTERS, RegisterForm
from todoke.meetings.permissions import PREPARE_MEETING
from todoke.organization.permissions import Permission
from todoke.plans.permissions import EDIT_PLANS
from todoke.systems.models import Change
from todoke.systems.permissions import EDIT_REGISTER
from todoke.web.actions import RefusalsOn, action, cleaned
from todoke.web.permission_check import staff


def _permission(noun: str) -> Permission:
    if noun in OF_MEETINGS:
        return PREPARE_MEETING
    return EDIT_PLANS if noun in OF_PLANS else EDIT_REGISTER


def _open(request: HttpRequest, noun: str, key: str) -> tuple[User, RegisterForm, models.Model | None]:
    user = staff(request, _permission(noun))
    if noun not in REGISTERS:
        raise Http404
    try:
        return user, REGISTERS[noun], REGISTERS[noun].owner_of(key)
    except ObjectDoesNotExist as absent:
        raise Http404 from absent


def _write(form: "ModelForm[models.Model]", user: User) -> bool:
    """Save the row of a valid form; a refusal becomes an error of the form."""
    if isinstance(form.instance, Change):
        form.instance.mark_edited(user)
    many = {field.name: form.cleaned_data[field.name] for field in form.instance._meta.many_to_many
            if field.name in form.cleaned_data}  # fmt: skip
    with RefusalsOn(form):
        save_audited(form.instance, by=user, seen=form.cleaned_data["seen"], relations=many)
    return form.is_valid()


@require_http_methods(["GET", "POST"])
def addition(request: HttpRequest, noun: str, key: str) -> HttpResponse:
    """Add a row."""
    user, sheet, owner = _open(request, noun, key)
    if sheet.fixed:
        raise Http404
    form = form_for(sheet, owner, sheet.blank(owner), request.POST or None)
    if request.method == "POST" and form.is_valid() and _write(form, user):
        messages.success(request, f"{sheet.term}を登録しました。")
        return redirect(sheet.back(key))
    page = {"form": form, "sheet": sheet, "owner": owner, "back": sheet.back(key), "title": f"{sheet.term}を登録する"}
    return render(request, "board/sheets/write.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def correction(request: HttpRequest, noun: str, key: str, row_key: str) -> HttpResponse:
    """Correct a row."""
    user, sheet, owner = _open(request, noun, key)
    row = sheet.row(owner, row_key)
    if row is None:
        raise Http404
    strike_form = RemovalForm(initial={"seen": version_token(row)}, auto_id="strike_%s")
    form = form_for(sheet, owner, row, request.POST or None)
    if request.method == "POST" and form.is_valid() and _write(form, user):
        messages.success(request, f"{sheet.term}を直しました。")
        return redirect(sheet.back(key))
    page = {"form": form, "sheet": sheet, "owner": owner, "back": sheet.back(key), "title": f"{sheet.term}を直す"}
    page |= {"strike_form": None if sheet.fixed else strike_form, "noun": noun, "key": key, "row_key": row_key}
    return render(request, "board/sheets/write.html", page, status=422 if form.errors else 200)


@action("board:sheet-correction", "noun", "key", "row_key", note=UNCHANGED)
def removal(request: HttpRequest, noun: str, key: str, row_key: str) -> HttpResponse:
    """Remove a row that was added by mistake."""
    user, sheet, owner = _open(request, noun, key)
    row, form = sheet.row(owner, row_key), RemovalForm(request.POST)
    if row is None or sheet.fixed:
        raise Http404
    given = cleaned(form)
    delete_audited(row, by=user, seen=given["seen"], reason=given["reason"])
    messages.success(request, f"{sheet.term}を取り消しました。")
    return redirect(sheet.back(key))
