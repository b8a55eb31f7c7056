"""開設の準備: the steps before the installation opens, with what is still missing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from todoke.design.navigation import address
from todoke.installation import preparation as steps_before_opening
from todoke.installation.permissions import SEE_PREPARATION
from todoke.web.permission_check import staff


@require_GET
def preparation(request: HttpRequest) -> HttpResponse:
    staff(request, SEE_PREPARATION)
    steps = [(step, address(step.page) if step.page else "") for step in steps_before_opening.steps()]
    left = [step for step, _ in steps if not step.is_done]
    return render(request, "office/preparation/show.html", {"steps": steps, "left": left})
