"""意見募集の根拠: the rules of the municipality in versions; a registered one is never changed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from todoke.japanese.calendar import today
from todoke.office.voices.forms.consultation_ways import RuleForm
from todoke.voices.models import ConsultationRule
from todoke.voices.permissions import WRITE_CONSULTATION_RULE
from todoke.web.actions import RefusalsOn
from todoke.web.permission_check import staff


@require_GET
def show_list(request: HttpRequest) -> HttpResponse:
    """Show every version, those in force first."""
    may_write = WRITE_CONSULTATION_RULE.held_by(staff(request))
    rows = list(ConsultationRule.objects.order_by("title", "-valid_from")[:200])
    in_force = {each.pk for each in ConsultationRule.objects.in_force()}
    versions = sorted(((each, each.pk in in_force) for each in rows), key=lambda pair: not pair[1])
    context = {"versions": versions, "may_write": may_write, "today": today()}
    return render(request, "office/consultation_rules/list.html", context)


def registration(request: HttpRequest) -> HttpResponse:
    """Register a version."""
    user = staff(request, WRITE_CONSULTATION_RULE)
    form = RuleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form):
            ConsultationRule.register(by=user, **form.cleaned_data)
            return redirect("office:consultation-rules")
    return render(request, "office/consultation_rules/entry.html", {"form": form}, status=422 if form.errors else 200)
