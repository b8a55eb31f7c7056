"""列テンプレート: columns of each statement format."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from todoke.office.money.forms.payments import TemplateForm
from todoke.payments.models import ColumnTemplate, Statement
from todoke.payments.permissions import CLOSE_DAY
from todoke.payments.statement_formats import StatementFormat
from todoke.web.actions import RefusalsOn
from todoke.web.permission_check import staff


def _layout(name: str) -> StatementFormat:
    found = next((layout for layout in ColumnTemplate.all_formats() if layout.name == name), None)
    if found is None:
        raise Http404
    return found


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Show the formats."""
    staff(request, CLOSE_DAY)
    sources = dict(Statement.Source.choices)
    rows = [(layout, sources[layout.source]) for layout in ColumnTemplate.all_formats()]
    return render(request, "office/payments/templates.html", {"rows": rows, "form": TemplateForm()})


@require_GET
def edit(request: HttpRequest, name: str) -> HttpResponse:
    """Show one format."""
    staff(request, CLOSE_DAY)
    layout = _layout(name)
    given = {"name": layout.name, "source": layout.source, "type_code": layout.type_code, **layout.columns}
    return render(request, "office/payments/template.html", {"name": name, "form": TemplateForm(initial=given)})


@require_POST
def change(request: HttpRequest, name: str) -> HttpResponse:
    """Save a format for later imports."""
    user, form = staff(request, CLOSE_DAY), TemplateForm(request.POST)
    if form.is_valid():
        with RefusalsOn(form):
            kept = ColumnTemplate.save_format(form.layout(), by=user)
            messages.success(request, f"「{kept.name}」を保存しました。次に取り込むファイルから使います。")
            return redirect("office:payments-templates")
    return render(request, "office/payments/template.html", {"name": name, "form": form}, status=422)
