"""読取り様式: templates taken from our own printed forms, and their boxes on the page."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from todoke.continuity.paperpack import boxes_of, page_count
from todoke.lists.list_page import list_page
from todoke.scans.models import ScanTemplate, ScanTemplateDraft
from todoke.scans.printed_form import fields_of_boxes
from todoke.studio.scans.scan_template_list import ScanTemplateList, releases_to_draw, releases_without_template
from todoke.web.actions import action
from todoke.web.permission_check import staff


@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """Show the templates, and the printed forms that have none."""
    by = staff(request)
    more = {
        "releases": releases_without_template(by)[:50],
        "drafts": ScanTemplateDraft.objects.visible_to(by),
        "drawable": releases_to_draw(by)[:200],
    }
    return list_page(request, ScanTemplateList(by), "studio/scan_templates/index.html", more)


@action("studio:scan-templates")
def printed_form(request: HttpRequest, code: str) -> HttpResponse:
    """Publish the template of a printed form of ours, whose boxes the typesetter reports."""
    by = staff(request)
    release = get_object_or_404(releases_without_template(by), offer__code=code)
    made = ScanTemplate.publish(
        code, release.number, title=release.procedure.title, department=release.offer.department,
        fields=fields_of_boxes(boxes_of(release), pass_proved="pass_proved" in request.POST), by=by,
        pages=page_count(release),
    )  # fmt: skip
    return redirect("studio:scan-template", made.key, made.version)


@require_GET
def show(request: HttpRequest, code: str, version: int, variant: str = "") -> HttpResponse:
    """Show the boxes of a template on its pages."""
    visible = ScanTemplate.objects.visible_to(staff(request)).select_related("department", "published_by")
    template = get_object_or_404(visible, key=code, version=version, variant=variant)
    pages = [
        (page, [field for field in template.fields if field.page == page]) for page in range(1, template.pages + 1)
    ]
    return render(request, "studio/scan_templates/show.html", {"template": template, "pages": pages})
