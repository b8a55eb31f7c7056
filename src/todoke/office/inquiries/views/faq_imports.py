"""問答の取込: the sheet of questions and answers that a section has becomes drafts."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from todoke.guidance import permissions
from todoke.guidance.faqs.faq_import import import_faqs
from todoke.guidance.faqs.faq_table import read_faqs
from todoke.guidance.models import Faq
from todoke.office.inquiries.forms.faqs import FaqTableForm
from todoke.web.actions import RefusalsOn
from todoke.web.permission_check import staff


@require_http_methods(["GET", "HEAD", "POST"])
def table(request: HttpRequest) -> HttpResponse:
    """Show the form, or take a sheet in and tell row by row what was not taken. Raises PermissionDenied."""
    by = staff(request)
    if not Faq.can_begin(by):
        raise PermissionDenied
    own = permissions.WRITE_FAQS.departments_of(by)
    start = {"department": own[0].code if own else ""}
    form = FaqTableForm(request.POST or None, request.FILES or None, initial=start)
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form, "table"):
            given = form.cleaned_data
            found = read_faqs(given["table"].read())
            done = import_faqs(found, department=given["department"], review_on=given["review_on"], by=by)
            return render(request, "office/faqs/imported.html", {"done": done})
    return render(request, "office/faqs/import.html", {"form": form}, status=422 if form.errors else 200)
