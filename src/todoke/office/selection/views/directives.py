"""指示: pins and forbidden facilities, only for the role that handles them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from todoke.admissions.models import Directive
from todoke.office.selection.forms.admissions import DirectiveForm, ReasonForm, child_numbered
from todoke.office.selection.round_access import directed_round
from todoke.runtime.refusals import Unreadable
from todoke.web.actions import action, cleaned


@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the directives of a round, their reasons sealed."""
    of, user = directed_round(request, pk)
    rows = Directive.objects.visible_to(user).filter(round=of)
    rows = rows.select_related("child__round__scheme", "facility", "author", "approver")
    pairs = [(each, ReasonForm(auto_id=f"id_{each.pk}_%s")) for each in rows]
    context = {"round": of, "directives": pairs, "form": DirectiveForm(of=of), "person": user}
    return render(request, "office/admissions/directives.html", context)


@require_GET
def reading(request: HttpRequest, pk: int, directive: int) -> HttpResponse:
    """Show one directive with its reason; each reading is audited."""
    of, user = directed_round(request, pk)
    found = get_object_or_404(Directive.objects.visible_to(user).filter(round=of), pk=directive)
    context = {"round": of, "directive": found, "text": found.read_text(by=user)}
    return render(request, "office/admissions/directive.html", context)


@action("office:admission-directives", "pk", note="指示は書いていません。")
def registration(request: HttpRequest, pk: int) -> str:
    """Write a directive. Raises Unreadable for an unknown application number."""
    of, user = directed_round(request, pk)
    given = cleaned(DirectiveForm(request.POST, of=of))
    child = child_numbered(of, given.pop("number"))
    if child is None:
        raise Unreadable("この申込番号の児童は、この選考にいません。")
    Directive.write(child, by=user, **given)
    return "指示を書きました。ほかの人が承認すると、試算に入ります。"


@action("office:admission-directives", "pk")
def approval(request: HttpRequest, pk: int, directive: int) -> str:
    """Let a directive bind."""
    of, user = directed_round(request, pk)
    get_object_or_404(Directive.objects.visible_to(user).filter(round=of), pk=directive).approve(by=user)
    return "指示を承認しました。次の試算に入ります。"


@action("office:admission-directives", "pk", note="指示は残っています。")
def withdrawal(request: HttpRequest, pk: int, directive: int) -> str:
    """End a directive, with a reason."""
    of, user = directed_round(request, pk)
    found = get_object_or_404(Directive.objects.visible_to(user).filter(round=of), pk=directive)
    found.withdraw(by=user, **cleaned(ReasonForm(request.POST), "取り消す理由を書いてください。"))
    return "指示を取り消しました。"
