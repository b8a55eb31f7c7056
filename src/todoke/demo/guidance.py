"""Synonyms, life events and a broadcast of the demo ward."""

from datetime import timedelta

from django.utils import timezone

from todoke.accounts.actors import System
from todoke.demo.people import people_by_key
from todoke.guidance import seed_data
from todoke.guidance.models import Broadcast, Consent, LifeEvent


def build() -> None:
    """Create synonyms, two residents' subscriptions to life events, and a planned broadcast (架空)."""
    seed_data.load(by=System())
    people = people_by_key()
    events = list(LifeEvent.objects.all()[:3])
    Consent.set_events(events, by=people["hanako"])
    Consent.set_events(events[:1], by=people["taro"])
    Broadcast.schedule(
        subject=f"「{events[0]}」の手続がオンラインでできます(見本)",
        body="窓口に来なくても、スマートフォンから手続ができます。\n\nこれはデモのお知らせです。",
        events=events[:1],
        send_at=timezone.now() + timedelta(days=3),
        by=people["clerk"],
    )
