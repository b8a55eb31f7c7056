"""きょうの仕事: the home page of the office."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from todoke.accounts.models import User
from todoke.cases.models.querysets import department_ids_of
from todoke.installation.permissions import SEE_PREPARATION
from todoke.japanese.calendar import today
from todoke.office.devices.access import reads_devices
from todoke.office.home_page import pending_work, pressing_cases


def show(request: HttpRequest) -> HttpResponse:
    user = request.user
    if not isinstance(user, User):
        raise Http404
    works = bool(department_ids_of(user))
    cases = pressing_cases(user) if works else []
    prepares = SEE_PREPARATION.held_by(user)
    context = {
        "prepares": prepares,
        "matters": pending_work(user),
        "cases": cases,
        "works_on_cases": works,
        "today": today(),
        "reads_devices": reads_devices(user),
    }
    return render(request, "office/home.html", context)
