"""案: the clauses as announced, and as they are decided: changed, added or left out."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from todoke.office.voices.consultation_access import consultation_of
from todoke.office.voices.decided_text import decided_clauses, places_of
from todoke.office.voices.forms.consultations import AdditionForm, ChangeForm, RemovalForm, TextForm
from todoke.voices.models import Clause, Consultation, TextChange
from todoke.web.actions import action, cleaned
from todoke.web.permission_check import staff
from todoke.web.refused_forms import UnreadableForm

PAGE = ("office:consultation-text", "number")


@require_GET
def show(request: HttpRequest, number: str) -> HttpResponse:
    """Show the draft; before its notice it is entered here, afterwards changed clause by clause."""
    of = consultation_of(request, number)
    clauses = list(of.texts.get(version=0).clauses.all())
    whole = "\n".join(f"■{each.number} {each.heading}\n{each.body}" for each in clauses)
    answering = of.status == Consultation.Status.ANSWERING
    context = {"of": of, "clauses": clauses, "form": TextForm(initial={"draft": whole}), "answering": answering}
    if answering:
        context |= decided_clauses(of)
    return render(request, "office/consultations/text.html", context)


@action(*PAGE)
def entry(request: HttpRequest, number: str) -> str:
    """Enter the draft in clauses."""
    of, form = consultation_of(request, number), TextForm(request.POST)
    cleaned(form, "案の全文を入れてください。")
    clauses = form.clauses()
    of.texts.get(version=0).write(clauses, by=staff(request))
    return f"{len(clauses)}段落を登録しました。確かめたら、意見募集のページで公示してください。"


def _clause(of: Consultation, key: str) -> Clause:
    """Return a decided clause. Raises Http404."""
    clause = get_object_or_404(Clause.objects.select_related("text"), text__consultation=of, text__version=1, key=key)
    clause.text.consultation = of
    return clause


@action(*PAGE)
def change(request: HttpRequest, number: str, key: str) -> str:
    """Change a decided clause. Raises UnreadableForm."""
    of = consultation_of(request, number)
    clause, form = _clause(of, key), ChangeForm(request.POST, of=of)
    if not form.is_valid():
        raise UnreadableForm(form, "決定する文を書いてください。")
    given = form.cleaned_data
    TextChange.write(clause, given["body"], seen=given["seen"], by=staff(request), **form.cause())
    return f"「{clause}」を直しました。"


@action(*PAGE)
def removal(request: HttpRequest, number: str, key: str) -> str:
    """Leave a clause out of the decided draft. Raises UnreadableForm."""
    of = consultation_of(request, number)
    clause, form = _clause(of, key), RemovalForm(request.POST, of=of)
    if not form.is_valid():
        raise UnreadableForm(form, "削る段落を選び直してください。")
    TextChange.remove(clause, seen=form.cleaned_data["seen"], by=staff(request), **form.cause())
    return f"「{clause}」を、決定する案から削りました。"


@action(*PAGE)
def addition(request: HttpRequest, number: str) -> str:
    """Put a new clause into the decided draft. Raises UnreadableForm."""
    of = consultation_of(request, number)
    of.require_status(Consultation.Status.ANSWERING)
    form = AdditionForm(request.POST, of=of, places=places_of(of))
    if not form.is_valid():
        raise UnreadableForm(form, "加える段落の文を書いてください。")
    facts = {name: form.cleaned_data[name] for name in ("behind", "number", "heading", "body")}
    made = TextChange.add(of, by=staff(request), **facts, **form.cause())
    return f"「{made}」を加えました。"
