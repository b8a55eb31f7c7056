"""利用契約: the register of tools, one tool with its sums, and what was decided."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from todoke.board.subscriptions.forms.subscriptions import DecisionForm
from todoke.board.subscriptions.subscription_list import SubscriptionList
from todoke.board.subscriptions.subscription_page import subscription_context
from todoke.lists.list_page import list_page
from todoke.systems.models import BudgetCalendar, Subscription, ToolDecision
from todoke.systems.permissions import EDIT_REGISTER
from todoke.web.actions import action, cleaned
from todoke.web.permission_check import staff


@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    user = staff(request)
    more = {"can_edit": EDIT_REGISTER.held_by(user), "calendars": BudgetCalendar.objects.all()}
    return list_page(request, SubscriptionList(user), "board/subscriptions/index.html", more)


def subscription_of(code: str) -> Subscription:
    return get_object_or_404(Subscription.objects.select_related("department", "system"), code=code)


@require_GET
def show(request: HttpRequest, code: str) -> HttpResponse:
    page = subscription_context(subscription_of(code))
    more = {"can_edit": EDIT_REGISTER.held_by(staff(request)), "form": DecisionForm()}
    return render(request, "board/subscriptions/show.html", page | more)


@action("board:subscription", "code")
def decision(request: HttpRequest, code: str) -> str:
    by, subscription = staff(request, EDIT_REGISTER), subscription_of(code)
    ToolDecision.decide(subscription, by=by, **cleaned(DecisionForm(request.POST)))
    return "採否を残しました。あとから書き換えることはできません。"
