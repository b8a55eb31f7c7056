"""自治体の表示: name, logo, colour and links, published in versions."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from todoke.design.municipality import municipality
from todoke.installation.appearance import newest, publish_appearance
from todoke.installation.models import Appearance
from todoke.installation.permissions import EDIT_APPEARANCE
from todoke.office.organization.forms.appearance import AppearanceForm
from todoke.web.actions import RefusalsOn
from todoke.web.permission_check import staff


@require_http_methods(["GET", "POST"])
def appearance(request: HttpRequest) -> HttpResponse:
    """Show what holds, and publish a new version."""
    by = staff(request, EDIT_APPEARANCE)
    form = AppearanceForm(request.POST or None, request.FILES or None, initial=_initial())
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form):
            publish_appearance(by=by, **form.facts())
            messages.success(request, "公開しました。10秒ほどで、すべてのページに出ます。")
            return redirect("office:appearance")
    context = {"form": form, "versions": Appearance.objects.defer("logo")[:20]}
    return render(request, "office/appearance/show.html", context, status=422 if form.errors else 200)


def _initial() -> dict[str, str]:
    now = newest()
    if now is None:
        return {"name": municipality().name}
    return {"name": now.name, "accent": now.accent, **{f"link_{kind}": url for kind, url in now.links.items()}}
