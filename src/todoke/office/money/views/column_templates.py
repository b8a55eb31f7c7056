"""列テンプレート: the treasurer says where the columns of each kind of file stand."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from todoke.office.money.forms.payments import TemplateForm
from todoke.office.money.views.payments import treasurer
from todoke.payments.models import ColumnTemplate, Statement
from todoke.payments.statement_formats import InvalidFormat, StatementFormat


def _layout(name: str) -> StatementFormat:
    found = next((layout for layout in ColumnTemplate.all_formats() if layout.name == name), None)
    if found is None:
        raise Http404
    return found


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Every way to read a file."""
    treasurer(request)
    sources = dict(Statement.Source.choices)
    rows = [(layout, sources[layout.source]) for layout in ColumnTemplate.all_formats()]
    return render(request, "office/payments/templates.html", {"rows": rows, "form": TemplateForm()})


@require_GET
def edit(request: HttpRequest, name: str) -> HttpResponse:
    """One way to read a file, to be changed."""
    treasurer(request)
    layout = _layout(name)
    given = {"name": layout.name, "source": layout.source, "type_code": layout.type_code, **layout.columns}
    return render(request, "office/payments/template.html", {"name": name, "form": TemplateForm(initial=given)})


@require_POST
def change(request: HttpRequest, name: str) -> HttpResponse:
    """Keep it; files taken in from now on are read so."""
    user, form = treasurer(request), TemplateForm(request.POST)
    if form.is_valid():
        try:
            kept = ColumnTemplate.save_format(form.layout(), by=user)
        except InvalidFormat as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, f"「{kept.name}」を保存しました。次に取り込むファイルから使います。")
            return redirect("office:payments-templates")
    return render(request, "office/payments/template.html", {"name": name, "form": form}, status=422)
