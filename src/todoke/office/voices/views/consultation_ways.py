"""提出方法: which ways are offered, where to, and which information system takes the opinions of the page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from todoke.office.voices.consultation_access import consultation_of
from todoke.office.voices.forms.consultation_ways import SystemForm, WayForm, known_way, offered_ways
from todoke.voices.arrival import Channel
from todoke.voices.models import Consultation, ConsultationChannel
from todoke.web.actions import action, cleaned
from todoke.web.permission_check import staff

PAGE = ("office:consultation-ways", "number")


@require_GET
def show(request: HttpRequest, number: str) -> HttpResponse:
    """Show the ways, each with its form before the notice."""
    of = consultation_of(request, number)
    terms = of.channel_terms()
    draft = of.status == Consultation.Status.DRAFT
    ways = [(Channel(code).label, code, terms.get(code), WayForm(channel=code, terms=terms.get(code)))
            for code in offered_ways(of) if draft or code in terms]  # fmt: skip
    web = terms.get(Channel.WEB)
    context = {"of": of, "ways": ways, "draft": draft, "web": web, "outages": of.hindrances(),
               "system_form": SystemForm(initial={"system": web.system_id if web else None})}  # fmt: skip
    return render(request, "office/consultations/ways.html", context)


@action(*PAGE)
def offering(request: HttpRequest, number: str, channel: str) -> str:
    """Offer a way or leave it out."""
    of = consultation_of(request, number)
    code = known_way(of, channel)
    ConsultationChannel.offer(of, code, by=staff(request), **cleaned(WayForm(request.POST, channel=code)))
    return f"「{Channel(code).label}」を直しました。"


@action(*PAGE)
def system(request: HttpRequest, number: str) -> str:
    """Say which system takes the opinions, and judge what came by its outages."""
    web = get_object_or_404(consultation_of(request, number).channels.select_related("system"), channel=Channel.WEB)
    web.consultation = consultation_of(request, number)
    moved = web.name_system(by=staff(request), **cleaned(SystemForm(request.POST)))
    return f"情報システムを登録しました。判断が変わった受付は{moved}件です。"
