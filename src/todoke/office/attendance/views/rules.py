"""勤怠の定め: hours, limits, premiums, special work, codes and numbers, each with its source and the day it begins."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from todoke.office.attendance.forms import rules as of
from todoke.web.actions import action, cleaned
from todoke.web.permission_check import staff
from todoke.workforce.models import (
    LeaveKind,
    OvertimeLimitRule,
    OvertimePremiumRule,
    SpecialWork,
    StaffNumber,
    WorkPattern,
)
from todoke.workforce.permissions import CLOSE_ATTENDANCE
from todoke.workforce.reader_events import import_reader_events
from todoke.workforce.staff_numbers import import_numbers

PAGE = "office:attendance-rules"


def _forms() -> list[tuple[str, str, str, forms.BaseForm]]:
    """Return heading, button, address and form of each kind of rule."""
    return [
        ("勤務時間の割振りを登録する", "登録する", "office:attendance-pattern", of.PatternForm(auto_id="pattern_%s")),
        ("割増の定めを登録する", "登録する", "office:attendance-premium", of.PremiumForm(auto_id="premium_%s")),
        ("上限の定めを登録する", "登録する", "office:attendance-limit", of.LimitForm(auto_id="limit_%s")),
        ("特例業務を登録する", "登録する", "office:attendance-special", of.SpecialWorkForm(auto_id="special_%s")),
        ("休暇の種類を登録する", "登録する", "office:attendance-leave-kind", of.LeaveKindForm(auto_id="kind_%s")),
        ("職員番号と休暇の残りを取り込む", "取り込む", "office:attendance-numbers", of.TableForm(auto_id="numbers_%s")),
        ("読取り機の記録を取り込む", "取り込む", "office:attendance-reader", of.TableForm(auto_id="reader_%s")),
    ]  # fmt: skip


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    staff(request, CLOSE_ATTENDANCE)
    context = {
        "patterns": WorkPattern.objects.select_related("department"), "premiums": OvertimePremiumRule.objects.all(),
        "limits": OvertimeLimitRule.objects.select_related("department").prefetch_related("limits"),
        "works": SpecialWork.objects.select_related("department"), "kinds": LeaveKind.objects.all(),
        "numbers": StaffNumber.objects.count(), "forms": _forms(),
    }  # fmt: skip
    return render(request, "office/attendance/rules.html", context)


@action(PAGE)
def pattern(request: HttpRequest) -> str:
    by = staff(request, CLOSE_ATTENDANCE)
    return f"「{WorkPattern.establish(by=by, **cleaned(of.PatternForm(request.POST)))}」を登録しました。"


@action(PAGE)
def premium(request: HttpRequest) -> str:
    by = staff(request, CLOSE_ATTENDANCE)
    return f"「{OvertimePremiumRule.establish(by=by, **cleaned(of.PremiumForm(request.POST)))}」を登録しました。"


@action(PAGE)
def limit(request: HttpRequest) -> str:
    by, form = staff(request, CLOSE_ATTENDANCE), of.LimitForm(request.POST)
    cleaned(form)
    return f"「{OvertimeLimitRule.establish(form.limits(), by=by, **form.terms())}」を登録しました。"


@action(PAGE)
def special(request: HttpRequest) -> str:
    by = staff(request, CLOSE_ATTENDANCE)
    return f"「{SpecialWork.declare(by=by, **cleaned(of.SpecialWorkForm(request.POST)))}」を登録しました。"


@action(PAGE)
def leave_kind(request: HttpRequest) -> str:
    by = staff(request, CLOSE_ATTENDANCE)
    return f"「{LeaveKind.register(**cleaned(of.LeaveKindForm(request.POST)), by=by)}」を登録しました。"


@action(PAGE)
def numbers(request: HttpRequest) -> str:
    by = staff(request, CLOSE_ATTENDANCE)
    found, balances = import_numbers(cleaned(of.TableForm(request.POST, request.FILES))["table"].read(), by=by)
    return f"職員番号{found:,}件と、休暇の残り{balances:,}件を取り込みました。"


@action(PAGE)
def reader(request: HttpRequest) -> str:
    by = staff(request, CLOSE_ATTENDANCE)
    new, known = import_reader_events(cleaned(of.TableForm(request.POST, request.FILES))["table"].read(), by=by)
    return f"打刻を{new:,}件取り込みました。もうあるものは{known:,}件です。"
