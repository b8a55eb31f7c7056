"""案: the clauses as announced, and as they are decided."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from todoke.office.voices.consultation_access import consultation_of
from todoke.office.voices.forms.consultations import ChangeForm, TextForm
from todoke.voices.clause_difference import word_changes
from todoke.voices.models import Clause, Consultation, TextChange
from todoke.web.actions import action, cleaned
from todoke.web.permission_check import staff
from todoke.web.refused_forms import UnreadableForm

PAGE = ("office:consultation-text", "number")


def _decided(of: Consultation) -> list[tuple[Clause, list[tuple[str, str]], ChangeForm]]:
    """Return the decided clauses with their differences and forms."""
    first = {each.key: each.body for each in of.texts.get(version=0).clauses.all()}
    rows = Clause.objects.filter(text__consultation=of, text__version=1).select_related("text")
    return [
        (each, [(part.kind, part.text) for part in word_changes(first.get(each.key, ""), each.body)],
         ChangeForm(of=of, initial={"body": each.body, "seen": each.body}, auto_id=f"id_{each.key}_%s"))
        for each in rows
    ]  # fmt: skip


@require_GET
def show(request: HttpRequest, number: str) -> HttpResponse:
    """Show the draft; before its notice it is entered here, afterwards changed clause by clause."""
    of = consultation_of(request, number)
    clauses = list(of.texts.get(version=0).clauses.all())
    whole = "\n".join(f"■{each.number} {each.heading}\n{each.body}" for each in clauses)
    decided = _decided(of) if of.status == Consultation.Status.ANSWERING else []
    context = {"of": of, "clauses": clauses, "form": TextForm(initial={"draft": whole}), "decided": decided}
    return render(request, "office/consultations/text.html", context)


@action(*PAGE)
def entry(request: HttpRequest, number: str) -> str:
    """Enter the draft in clauses."""
    of, form = consultation_of(request, number), TextForm(request.POST)
    cleaned(form, "案の全文を入れてください。")
    clauses = form.clauses()
    of.texts.get(version=0).write(clauses, by=staff(request))
    return f"{len(clauses)}段落を登録しました。確かめたら、意見募集のページで公示してください。"


@action(*PAGE)
def change(request: HttpRequest, number: str, key: str) -> str:
    """Change a decided clause. Raises UnreadableForm."""
    of = consultation_of(request, number)
    clause = get_object_or_404(Clause.objects.select_related("text"), text__consultation=of, text__version=1, key=key)
    clause.text.consultation = of
    form = ChangeForm(request.POST, of=of)
    if not form.is_valid():
        raise UnreadableForm(form, "決定する文を書いてください。")
    given = form.cleaned_data
    response = given["group"].response if given["group"] else None
    TextChange.write(clause, given["body"], seen=given["seen"], reason=given["reason"], response=response,
                     by=staff(request))  # fmt: skip
    return f"「{clause}」を直しました。"
