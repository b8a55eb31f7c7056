"""自動化の測定: the baseline, the shape of the input, upkeep and reviews."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from todoke.accounts.models import User
from todoke.board.automations.forms.automations import BaselineForm, ReviewForm, ShapeForm, UpkeepForm
from todoke.board.automations.views.automations import automation_of
from todoke.systems.models import Automation, AutomationBaseline, AutomationReview, AutomationUpkeep, InputSchema
from todoke.systems.permissions import PROPOSE_AUTOMATION
from todoke.web.actions import action, cleaned
from todoke.web.permission_check import staff


def colleague(request: HttpRequest, automation: Automation) -> User:
    """Return the person, who works in the section that answers for it. Raises PermissionDenied."""
    return staff(request, PROPOSE_AUTOMATION, automation.department)


@action("board:automation", "code")
def baseline(request: HttpRequest, code: str) -> str:
    automation = automation_of(code)
    by = colleague(request, automation)
    AutomationBaseline.measure(automation, by=by, **cleaned(BaselineForm(request.POST)))
    return "測った値を、これからの基準にしました。"


@action("board:automation", "code")
def upkeep(request: HttpRequest, code: str) -> str:
    automation = automation_of(code)
    by = colleague(request, automation)
    AutomationUpkeep.add(automation, by=by, **cleaned(UpkeepForm(request.POST)))
    return "手間を記録しました。減った時間から引きます。"


@action("board:automation", "code")
def review(request: HttpRequest, code: str) -> str:
    automation, by = automation_of(code), staff(request)
    automation.require_stopping(by=by)
    given = cleaned(ReviewForm(request.POST))
    AutomationReview.add(automation, given["finding"], review_on=given["review_on"], by=by)
    return "見直しを記録しました。"


@action("board:automation", "code")
def shape(request: HttpRequest, code: str) -> str:
    automation = automation_of(code)
    by, form = colleague(request, automation), ShapeForm(request.POST, request.FILES)
    cleaned(form)
    made = InputSchema.propose(automation, form.shape(automation), by=by)
    return f"列の並び(第{made.number}版)を案にしました。担当の職位の職員が承認すると、使われます。"


def shape_of(code: str, version: int) -> InputSchema:
    return get_object_or_404(InputSchema, automation=automation_of(code), number=version)


@action("board:automation", "code")
def approval(request: HttpRequest, code: str, version: int) -> str:
    found = shape_of(code, version)
    found.approve(by=staff(request))
    return (
        "承認しました。もう一人が確かめると使われます。"
        if found.needs_two
        else "承認しました。次の実行から使われます。"
    )


@action("board:automation", "code")
def confirmation(request: HttpRequest, code: str, version: int) -> str:
    shape_of(code, version).confirm(by=staff(request))
    return "確かめました。次の実行から使われます。"
