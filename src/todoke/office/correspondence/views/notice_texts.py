"""通知の文面: the office's own words of each notice, in versions, with a trial mail."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from todoke.japanese.calendar import today
from todoke.notices.default_templates import default_templates
from todoke.notices.models import Template
from todoke.notices.models.template import TemplateVersion, published_version
from todoke.notices.permissions import EDIT_NOTICE_TEXTS
from todoke.notices.text_versions import TRIAL, known_places, publish_text, send_trial
from todoke.office.correspondence.forms.notice_texts import NoticeTextForm
from todoke.web.actions import RefusalsOn
from todoke.web.permission_check import staff


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    staff(request, EDIT_NOTICE_TEXTS)
    own = {each.code: each for each in Template.objects.prefetch_related("versions")}
    rows = [
        (code, text.title, text.subject, own.get(code))
        for code, text in sorted(default_templates().items(), key=lambda pair: pair[1].title) if code != TRIAL
    ]  # fmt: skip
    return render(request, "office/notice_texts/index.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Show the words in force and the earlier ones; publish new ones, or mail them on trial, with the form kept."""
    by = staff(request, EDIT_NOTICE_TEXTS)
    if code not in default_templates() or code == TRIAL:
        raise Http404
    form = NoticeTextForm(request.POST or None, initial=_now(code))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with RefusalsOn(form):
            if request.POST.get("act") == "publication":
                publish_text(code, by=by, **given)
                messages.success(request, "文面を公開しました。")
                return redirect("office:notice-text", code)
            send_trial(code, subject=given["subject"], body=given["body"], by=by)
            messages.success(request, f"{by.email} へ試しに送ります。文面はまだ公開していません。")
    return render(request, "office/notice_texts/show.html", _page(code, form), status=422 if form.errors else 200)


def _now(code: str) -> dict[str, object]:
    text = published_version(code) or default_templates()[code]
    return {"subject": text.subject, "body": text.body.strip(), "starts_on": today()}


def _page(code: str, form: NoticeTextForm) -> dict[str, object]:
    versions = TemplateVersion.objects.filter(template__code=code).order_by("-starts_on")
    places = [f"{{{place}}}" for place in known_places(code)]
    return {"text": default_templates()[code], "form": form, "places": places, "versions": versions, "today": today()}
