"""Receivers of signals of forms and offers: designers hear of what waits to be confirmed, and of the result."""

from typing import Any

from django.dispatch import receiver

from todoke.accounts.actors import Actor
from todoke.formbuilder import signals
from todoke.formbuilder.models import FormReview
from todoke.notices.outbox import Recipient, enqueue
from todoke.offers.models import ReleaseDraft
from todoke.offers.signals import release_review_requested, release_review_settled
from todoke.organization.models import Post, Tenure
from todoke.runtime.links import absolute


@receiver(signals.review_requested)
def on_review_requested(sender: object, *, review: FormReview, by: Actor, **kwargs: Any) -> None:
    """Write to every other designer who may decide the review (確認の依頼)."""
    held = Tenure.objects.current().filter(post__role=Post.Role.DESIGNER, user__is_active=True).select_related("user")
    people = {tenure.user_id: tenure.user for tenure in held if review.can_decide(tenure.user)}
    for person in people.values():
        context = {
            "name": person.name, "form": review.draft.title, "request": review.request or "とくにありません",
            "asker": review.asked_by.name if review.asked_by else "システム",
            "url": absolute("studio:publication", review.draft.code),
        }  # fmt: skip
        enqueue("form-review-asked", to=Recipient.of(person), context=context, about=f"様式 {review.draft.code}", by=by)


@receiver(signals.review_settled)
def on_review_settled(sender: object, *, review: FormReview, by: Actor, **kwargs: Any) -> None:
    """Write the result to whoever asked (確認の結果)."""
    if review.asked_by is None:
        return
    context = {
        "name": review.asked_by.name, "form": review.draft.title, "outcome": review.get_status_display(),
        "comment": review.comment or "ありません", "url": absolute("studio:publication", review.draft.code),
    }  # fmt: skip
    to = Recipient.of(review.asked_by)
    enqueue("form-review-settled", to=to, context=context, about=f"様式 {review.draft.code}", by=by)


@receiver(release_review_requested)
def on_release_review_requested(sender: object, *, draft: ReleaseDraft, by: Actor, **kwargs: Any) -> None:
    """Write to everybody else who may confirm the terms of a release (確認の依頼)."""
    for person in draft.reviewers():
        context = {
            "name": person.name, "service": str(draft.offer), "request": draft.request or "とくにありません",
            "asker": draft.asked_by.name if draft.asked_by else "システム",
            "url": absolute("studio:offer", draft.offer.code),
        }  # fmt: skip
        about = f"オンライン受付 {draft.offer.code}"
        enqueue("release-review-asked", to=Recipient.of(person), context=context, about=about, by=by)


@receiver(release_review_settled)
def on_release_review_settled(sender: object, *, draft: ReleaseDraft, by: Actor, **kwargs: Any) -> None:
    """Write the result to whoever asked (確認の結果)."""
    if draft.asked_by is None:
        return
    context = {
        "name": draft.asked_by.name, "service": str(draft.offer), "outcome": draft.get_status_display(),
        "comment": draft.comment or "ありません", "url": absolute("studio:offer", draft.offer.code),
    }  # fmt: skip
    about = f"オンライン受付 {draft.offer.code}"
    enqueue("release-review-settled", to=Recipient.of(draft.asked_by), context=context, about=about, by=by)
