"""証明書の交付: shares by way, months against their bills, and the import of a statement."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from todoke.board.certificates.forms.certificates import StatementForm
from todoke.insights.certificates.certificate_figures import billed_months, known_period, shares
from todoke.insights.certificates.monthly_statement import import_statement
from todoke.insights.models import CertificateRoute
from todoke.insights.permissions import IMPORT_CHANNEL_COUNTS
from todoke.systems.permissions import EDIT_REGISTER
from todoke.web.actions import action, cleaned
from todoke.web.permission_check import staff


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Show the shares by way with their denominator and days, and each month against its bill."""
    user, period = staff(request), known_period()
    context = {
        "period": period, "shares": shares(*period) if period else [], "months": billed_months(),
        "routes": CertificateRoute.objects.select_related("system"), "can_edit": EDIT_REGISTER.held_by(user),
        "form": StatementForm() if IMPORT_CHANNEL_COUNTS.held_by(user) else None,
    }  # fmt: skip
    return render(request, "board/certificates/index.html", context)


@action("board:certificates", note="何も取り込んでいません。")
def statement(request: HttpRequest) -> str:
    """Import a monthly statement."""
    by, given = staff(request, IMPORT_CHANNEL_COUNTS), cleaned(StatementForm(request.POST, request.FILES))
    count = import_statement(given["layout"], given["file"].name, given["file"].read(), by=by)
    return f"{count:,}行を取り込みました。"
