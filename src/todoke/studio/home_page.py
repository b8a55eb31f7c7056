"""次にすること: drafts to publish, reviews to answer, and procedures that are still mostly on paper."""

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet, Subquery

from todoke.accounts.models import User
from todoke.formbuilder.models import FormDraft, FormReview
from todoke.offers.models import Offer, ReleaseDraft
from todoke.procedures.models import Procedure, Volume

ROWS = 10


def drafts_to_publish() -> QuerySet[FormDraft]:
    """Return drafts never published or changed since their last version."""
    drafts = FormDraft.objects.defer("document").annotate(published=Max("versions__published_at"))
    waiting = drafts.filter(Q(published=None) | Q(edited_at__gt=F("published")))
    return waiting.select_related("edited_by").order_by("-edited_at")[:ROWS]


def reviews_for(user: User) -> list[FormReview]:
    """Return drafts that wait for a second person, without the user's own."""
    waiting = FormReview.objects.waiting().select_related("draft", "asked_by").order_by("asked_at")
    return [review for review in waiting if review.can_decide(user)]


def releases_for(user: User) -> list[ReleaseDraft]:
    """Return the terms of releases that wait for a second person, without the user's own."""
    people = ("offer__procedure", "offer__department", "asked_by")
    waiting = ReleaseDraft.objects.waiting().select_related(*people).order_by("asked_at")
    return [draft for draft in waiting if draft.can_decide(user)]


def open_offers() -> QuerySet[Offer]:
    """Return the offers that are open now."""
    return Offer.objects.open().select_related("procedure", "department").order_by("procedure__serial")


def most_on_paper() -> QuerySet[Procedure]:
    """Return current procedures without an open offer, largest latest volume first."""
    offered = Exists(Offer.objects.open().filter(procedure=OuterRef("pk")))
    latest = Volume.objects.filter(procedure=OuterRef("pk")).order_by("-starts_on").values("total")[:1]
    counted = Procedure.objects.current().filter(~offered).annotate(counted=Subquery(latest))
    return counted.filter(counted__gt=0).select_related("department").order_by("-counted", "serial")[:ROWS]
