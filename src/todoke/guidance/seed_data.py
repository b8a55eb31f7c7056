"""Seed data 初期データ: synonyms and life events of a new installation, which staff then edit."""

import json
from pathlib import Path

from django.db import transaction

from todoke.accounts.actors import Actor
from todoke.audit.log import record
from todoke.guidance.models import LifeEvent, Synonym, search_key

_FILE = Path(__file__).parent / "data" / "starter.json"


@transaction.atomic
def load(*, by: Actor) -> int:
    """Add seed synonyms and events that do not exist yet; return how many were added."""
    data = json.loads(_FILE.read_text())
    events = [LifeEvent(position=place, **row) for place, row in enumerate(data["life_events"])]
    meanings = {search_key(said): row["means"] for row in data["wordings"] for said in row["said"].split()}
    known = set(Synonym.objects.values_list("said", flat=True))
    had = set(LifeEvent.objects.values_list("code", flat=True))
    words = Synonym.objects.bulk_create(Synonym(said=s, means=m) for s, m in meanings.items() if s not in known)
    added = len(words) + len(LifeEvent.objects.bulk_create(event for event in events if event.code not in had))
    if added:
        record("guidance.starter", "案内の初期データを追加", by=by, after={"件数": added})
    return added
