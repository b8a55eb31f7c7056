"""LINEへの掲出: public texts, those that wait for a second person, and the decision that opens the channel."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from todoke.approvals.models import Proposal
from todoke.lists.list_page import list_page
from todoke.notices.models import ChannelPost, ChannelSwitch
from todoke.notices.permissions import POST_TO_CHANNEL, SWITCH_CHANNEL
from todoke.office.correspondence.channel_post_list import ChannelPostList
from todoke.office.correspondence.forms.channel_posts import ChannelPostForm, ChannelSwitchForm, ReleaseForm
from todoke.runtime.refusals import Closed, NotYet, Refused
from todoke.web.actions import action
from todoke.web.permission_check import staff


def _index(request: HttpRequest, **forms: object) -> HttpResponseBase:
    user = staff(request)
    context = {
        "switch": ChannelSwitch.current(), "may_switch": SWITCH_CHANNEL.held_by(user), "form": ChannelPostForm(),
        "may_post": bool(POST_TO_CHANNEL.departments_of(user)), "switch_form": ChannelSwitchForm(), **forms,
    }  # fmt: skip
    return list_page(request, ChannelPostList(user), "office/channel_posts/index.html", context)


@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    return _index(request)


@action("office:channel-posts")
def addition(request: HttpRequest) -> str:
    """Queue a text, or hold it. Raises Refused for a form that is not filled in."""
    ChannelPost.require_open(by=staff(request))
    form = ChannelPostForm(request.POST)
    if not form.is_valid():
        raise Refused("本文を1,000文字までで書いてください。")
    post = ChannelPost.post(form.cleaned_data["text"], by=staff(request))
    if post.held_for:
        return f"個人に結びつくもの({post.held_for})があるので、止めました。同じ部署のほかの人が確かめると送られます。"
    return "送信を始めました。"


@action("office:channel-posts")
def opening(request: HttpRequest) -> str:
    """Open LINE under an approved proposal. Raises NotYet for any other number."""
    ChannelSwitch.require(staff(request))
    form = ChannelSwitchForm(request.POST)
    number = form.cleaned_data["proposal"] if form.is_valid() else ""
    if not Proposal.objects.filter(number=number, status=Proposal.Status.APPROVED).exists():
        raise NotYet("決裁の済んだ起案の番号ではありません。起案番号を確かめるか、決裁が済むのを待ってください。")
    ChannelSwitch.turn_on(number, by=staff(request))
    return "LINEを使い始めました。"


@action("office:channel-posts")
def closure(request: HttpRequest) -> str:
    """Close LINE. Raises Closed where it is closed already."""
    ChannelSwitch.require(staff(request))
    switch = ChannelSwitch.current()
    if switch is None:
        raise Closed("LINEは、もう止まっています。")
    switch.turn_off(by=staff(request))
    return "LINEを止めました。これから先は何も送られません。"


def _post(request: HttpRequest, number: int) -> ChannelPost:
    mine = ChannelPost.objects.filter(department__in=POST_TO_CHANNEL.departments_of(staff(request)))
    return get_object_or_404(mine.select_related("drafted_by", "released_by", "department"), pk=number)


@require_GET
def show(request: HttpRequest, number: int) -> HttpResponse:
    post = _post(request, number)
    context = {"post": post, "form": ReleaseForm(), "is_mine": post.drafted_by == staff(request)}
    return render(request, "office/channel_posts/show.html", context)


@action("office:channel-post", "number")
def release(request: HttpRequest, number: int) -> str:
    form = ReleaseForm(request.POST)
    _post(request, number).release(form.cleaned_data["reason"] if form.is_valid() else "", by=staff(request))
    return "送信を始めました。"


@action("office:channel-posts")
def discarding(request: HttpRequest, number: int) -> str:
    _post(request, number).discard(by=staff(request))
    return "送らないことにしました。"
