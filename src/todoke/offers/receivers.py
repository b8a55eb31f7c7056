"""Receivers of signals of the forms: designers hear of a review that waits for them, and of its result."""

from typing import Any

from django.dispatch import receiver

from todoke.accounts.actors import Actor
from todoke.formbuilder import signals
from todoke.formbuilder.models import FormReview
from todoke.notices.outbox import Recipient, enqueue
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
