"""もし・訂正・前年の再現: runs under a changed condition, corrections after letters, the replay of last year."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from todoke.admissions.models import PlacementCorrection, PlacementRun, ReplayDifference
from todoke.admissions.selection import last_year_replay as replays
from todoke.admissions.selection.letter_corrections import confirm_correction, name_concerned, request_correction
from todoke.admissions.tasks import compute
from todoke.office.selection.forms.changes import CauseForm, ChangeForm, CorrectionForm, ReplayForm
from todoke.office.selection.round_access import round_of
from todoke.web.actions import RefusalsOn, action, cleaned
from todoke.web.permission_check import staff


@require_http_methods(["GET", "POST"])
def what_if(request: HttpRequest, pk: int) -> HttpResponse:
    """Compute the round under one changed condition; never adoptable."""
    of, by = round_of(request, pk), staff(request)
    form = ChangeForm(request.POST or None, of=of)
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form):
            run = PlacementRun.request(of, by=by, kind=PlacementRun.Kind.WHAT_IF, changes=form.changes())
            compute.enqueue(run.pk)
            return redirect("office:admission-run", pk, run.number)
    context = {"round": of, "form": form}
    return render(request, "office/admissions/what_if.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def corrections(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the corrections of a notified round, and request one."""
    of, by = round_of(request, pk), staff(request)
    form = CorrectionForm(request.POST or None, of=of)
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form):
            made = request_correction(of, form.changes(), reason=form.cleaned_data["reason"], by=by)
            compute.enqueue(made.run_id)
            return redirect("office:admission-correction", pk, made.pk)
    context = {"round": of, "form": form, "corrections": of.corrections.select_related("found_by", "confirmed_by")}
    return render(request, "office/admissions/corrections.html", context, status=422 if form.errors else 200)


@require_GET
def correction(request: HttpRequest, pk: int, correction: int) -> HttpResponse:
    """Show a correction with the families concerned."""
    of = round_of(request, pk)
    found = get_object_or_404(of.corrections.select_related("run", "found_by", "confirmed_by"), pk=correction)
    done = found.run.status == PlacementRun.Status.DONE
    context = {
        "round": of, "correction": found, "concerned": name_concerned(found) if done else [], "done": done,
        "may_confirm": done and found.confirmed_at is None and found.found_by_id != staff(request).pk,
    }  # fmt: skip
    return render(request, "office/admissions/correction.html", context)


@action("office:admission-correction", "pk", "correction", note="だれにも知らせていません。")
def confirmation(request: HttpRequest, pk: int, correction: int) -> str:
    """Tell exactly the families concerned."""
    rows = PlacementCorrection.objects.select_related("round__scheme__department", "run")
    found = get_object_or_404(rows.filter(round=round_of(request, pk)), pk=correction)
    return f"{confirm_correction(found, by=staff(request))}人の家庭に、訂正のお知らせを送りました。"


@require_http_methods(["GET", "POST"])
def replay(request: HttpRequest, pk: int) -> HttpResponse:
    """Replay a past round against its official list."""
    of, by = round_of(request, pk), staff(request)
    form = ReplayForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form, "file"):
            run = replays.request_replay(of, replays.read_official(of, form.cleaned_data["file"].read()), by=by)
            compute.enqueue(run.pk)
            return redirect("office:admission-replay", pk)
    latest = of.runs.filter(kind=PlacementRun.Kind.REPLAY).first()
    rows = latest.replay_differences.select_related("child", "replayed", "official") if latest else []
    pairs = [(each, CauseForm(initial={"difference": each.pk}, auto_id=f"id_{each.pk}_%s")) for each in rows]
    context = {"round": of, "form": form, "run": latest, "differences": pairs}
    return render(request, "office/admissions/replay.html", context, status=422 if form.errors else 200)


@action("office:admission-replay", "pk", note="差の理由は付けていません。")
def cause(request: HttpRequest, pk: int) -> str:
    """Say why an official place differs."""
    of, given = round_of(request, pk), cleaned(CauseForm(request.POST), "差の理由を選び、説明を書いてください。")
    rows = ReplayDifference.objects.filter(run__round=of).select_related("run__round__scheme", "child")
    found = get_object_or_404(rows, pk=given["difference"])
    replays.classify(found, given["cause"], note=given["note"], by=staff(request))
    return f"{found.child.number}の差に理由を付けました。"
