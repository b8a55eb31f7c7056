"""Consultation page 意見募集の頁: state, the one next step, counts and what is missing for the result."""

from typing import Any

from django.urls import reverse

from todoke.voices.arrival import Channel
from todoke.voices.consultation_counts import counts_of
from todoke.voices.consultation_result import missing_parts
from todoke.voices.models import Consultation

STATUS = Consultation.Status


def consultation_context(of: Consultation) -> dict[str, Any]:
    """Return what the page of a consultation shows."""
    answering = of.status == STATUS.ANSWERING
    return {
        "of": of,
        "counts": counts_of(of) if of.status != STATUS.DRAFT else None,
        "channels": list(of.channel_terms().values()),
        "extensions": list(of.extensions.all()),
        "missing": missing_parts(of) if answering else [],
        "has_text": of.texts.get(version=0).clauses.exists(),
        "over": of.is_over(Channel.WEB),
        "without_address": [
            each.get_channel_display()
            for each in of.channel_terms().values()
            if not each.address and each.channel not in {Channel.WEB, Channel.ORAL}
        ],
        "can_announce": of.status == STATUS.DRAFT,
        "can_extend": of.status == STATUS.ANNOUNCED or (answering and of.may_reopen),
        "outages": of.hindrances(),
        "briefings": of.briefings.count(),
        "bursts": list(of.bursts.order_by("-hour")[:5]),
        "can_publish": answering,
        "public_page": reverse("portal:consultation", args=[of.number]) if of.status != STATUS.DRAFT else "",
    }
