"""オンライン受付: offers and their releases: form version, fee, approval route and letters."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from todoke.accounts.models import User
from todoke.cases.letters.letter_pdf import render_letter
from todoke.lists.list_page import list_page
from todoke.offers.models import Offer, ReleaseDraft
from todoke.offers.permissions import MANAGE_OFFER
from todoke.procedures import search
from todoke.procedures.cell_edits import update_procedure
from todoke.procedures.models import Procedure
from todoke.runtime.parameters import whole_number
from todoke.runtime.refusals import Unreadable
from todoke.studio.access import NOT_SAVED, posted_revision
from todoke.studio.form_lists import OfferList
from todoke.studio.forms.offers import OfferForm, ScheduleForm, WordsForm
from todoke.studio.forms.release_terms import TermsForm
from todoke.studio.offer_page import current_terms, draft_of, letter_sample, page_of
from todoke.web.actions import RefusalsOn, action
from todoke.web.downloads import without_persons
from todoke.web.permission_check import staff
from todoke.web.recent_factor import requires_recent_factor

MOST_SHOWN = 20
"""How many procedures a search shows to choose from."""


def _offer(code: str) -> Offer:
    return get_object_or_404(Offer.objects.select_related("procedure", "department"), code=code)


@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """Show every offer with its release in force and the number of applications."""
    return list_page(request, OfferList(staff(request)), "studio/offers/index.html")


@require_http_methods(["GET", "HEAD", "POST"])
def addition(request: HttpRequest) -> HttpResponse:
    """Find a procedure by words and create its offer; nothing is public before its first release."""
    user, words = staff(request), request.GET.get("q", "").strip()[:100]
    chosen = (request.POST.get("number") or request.GET.get("number", "")).strip().upper()[:12]
    rows = Procedure.objects.current().select_related("department")
    found = rows.filter(number=chosen) if chosen else rows.filter(search.matching(words)).order_by("serial")
    shown = list(found[:MOST_SHOWN]) if chosen or words else []
    form = OfferForm(request.POST or None, found=shown)
    if request.method == "POST" and form.is_valid():
        staff(request, MANAGE_OFFER, form.section)
        offer = form.add()
        messages.success(
            request, f"「{offer}」のオンライン受付を用意しました({user.name})。次に、条件を決めて公開します。"
        )
        return redirect("studio:offer", code=offer.code)
    context = {"form": form, "words": words, "shown": shown, "full": len(shown) == MOST_SHOWN}
    return render(request, "studio/offers/addition.html", context, status=422 if form.errors else 200)


def _managed(request: HttpRequest, code: str) -> tuple[Offer, User]:
    """Return an offer and the person who may manage it. Raises Http404, PermissionDenied."""
    offer = _offer(code)
    return offer, staff(request, MANAGE_OFFER, offer.department)


def _page(request: HttpRequest, offer: Offer, status: int = 200, **forms: object) -> HttpResponse:
    context = {
        **page_of(offer, staff(request)),
        "review_needed": settings.FORM_REVIEW,
        "schedule_form": ScheduleForm(instance=offer),
        "words_form": WordsForm(instance=offer.procedure),
        **forms,
    }
    return render(request, "studio/offers/show.html", context, status=status)


@require_GET
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Show one offer: its releases, the draft of the next one with its check and its letters, the opening times."""
    return _page(request, _offer(code))


def _terms_page(request: HttpRequest, offer: Offer, form: TermsForm) -> HttpResponse:
    draft = draft_of(offer)
    context = {"offer": offer, "form": form, "revision": draft.revision if draft else 0}
    return render(request, "studio/offers/terms.html", context, status=422 if form.errors else 200)


@require_GET
def terms(request: HttpRequest, code: str) -> HttpResponse:
    """Show the form of the terms of the next release; ``version`` chooses the form version."""
    offer, _ = _managed(request, code)
    wanted = whole_number(request.GET.get("version", ""))
    return _terms_page(request, offer, TermsForm(terms=current_terms(offer, wanted)))


@require_POST
def terms_edition(request: HttpRequest, code: str) -> HttpResponse:
    """Save the terms as a draft; or put a place into the letter, or ask for the chosen form version, and go on."""
    offer, user = _managed(request, code)
    if "insert" in request.POST or "choose" in request.POST:
        return _terms_page(request, offer, _continued(request, offer))
    form = TermsForm(request.POST, terms=current_terms(offer))
    if form.is_valid():
        with RefusalsOn(form, note=NOT_SAVED):
            draft = draft_of(offer)
            known = posted_revision(request, draft.revision if draft else 0)
            ReleaseDraft.edit(offer, form.terms(), by=user, revision=known)
            messages.success(request, "案を保存しました。まだ公開していません。")
            return redirect("studio:offer", code=code)
    return _terms_page(request, offer, form)


def _continued(request: HttpRequest, offer: Offer) -> TermsForm:
    data = request.POST.copy()
    if "insert" in data and data.get("letter_place"):
        data["letter_opening"] = f"{data.get('letter_opening', '')}{{{data['letter_place']}}}"
    return TermsForm(data, terms=current_terms(offer)).without_errors()


@require_GET
def letter(request: HttpRequest, code: str, kind: str) -> HttpResponseBase:
    """Return the official letter of the draft as PDF, with a sample case."""
    offer = _offer(code)
    pdf = render_letter(letter_sample(offer, kind))
    return without_persons(pdf, f"{offer.code}-{kind}.pdf", media_type="application/pdf", inline=True)


def _draft(code: str) -> ReleaseDraft:
    return get_object_or_404(
        ReleaseDraft.objects.select_related("offer__department", "offer__procedure"), offer__code=code
    )


def _read(request: HttpRequest, code: str) -> ReleaseDraft:
    """Return the draft that a person read on the page. Raises Http404; Conflict where it was saved again since."""
    draft = _draft(code)
    draft.require_revision(posted_revision(request, draft.revision))
    return draft


@action("studio:offer", "code")
def review(request: HttpRequest, code: str) -> str:
    """Ask a second person to confirm the draft."""
    _, user = _managed(request, code)
    _draft(code).ask(by=user, request=request.POST.get("request", "")[:300])
    return "確認を頼みました。ほかの設計担当と担当課長に、メールと「設計の入口」「きょうの仕事」で知らせました。"


@action("studio:offer", "code")
def returning(request: HttpRequest, code: str) -> str:
    """Return the draft to its designer. Raises Unreadable without a comment."""
    _, user = _managed(request, code)
    comment = request.POST.get("comment", "").strip()[:500]
    if not comment:
        raise Unreadable("差し戻していません。直してほしいところを書いてください。")
    _read(request, code).return_to_designer(by=user, comment=comment)
    return "差し戻しました。"


@requires_recent_factor
@action("studio:offer", "code")
def release(request: HttpRequest, code: str) -> str:
    """Confirm the draft and put it into force; existing cases keep their release."""
    _, user = _managed(request, code)
    published = _read(request, code).publish(by=user, comment=request.POST.get("comment", "").strip()[:500])
    return f"第{published.number}版を公開しました。住民のページから申請できます。"


@require_POST
def words(request: HttpRequest, code: str) -> HttpResponse:
    """Change what residents call the procedure and how they find it."""
    offer, user = _managed(request, code)
    form = WordsForm(request.POST, instance=_offer(code).procedure)
    if form.is_valid():
        with RefusalsOn(form):
            update_procedure(offer.procedure, form.cleaned_data, {}, by=user, reason="オンライン受付のページから")
            messages.success(request, "住民がさがす言葉を変えました。")
            return redirect("studio:offer", code=code)
    return _page(request, offer, 422, words_form=form)


@require_POST
def schedule(request: HttpRequest, code: str) -> HttpResponse:
    """Change the opening times, with a reason."""
    offer, user = _managed(request, code)
    form = ScheduleForm(request.POST, instance=_offer(code))
    if not form.is_valid():
        return _page(request, offer, 422, schedule_form=form)
    given = form.cleaned_data
    times = {name: given[name] for name in ("opens_at", "closes_at", "capacity")}
    offer.reschedule(**times, reason=given["reason"], by=user)
    messages.success(request, "受付の期間を変えました。")
    return redirect("studio:offer", code=code)
