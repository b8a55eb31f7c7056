"""Seed data 初期データ: words and life events of a new installation, which staff then edit."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models, transaction

from todoke.accounts.actors import Actor
from todoke.audit.log import record
from todoke.guidance.models import LifeEvent, PlainName, Referral, Synonym, search_key
from todoke.guidance.shipped_data import shipped


def synonym_rows() -> dict[str, dict[str, str]]:
    """Return the shipped synonyms by what is said."""
    said = ((word, row["means"]) for row in shipped("synonyms") for word in row["said"].split("、"))
    return {key: {"said": key, "means": means} for word, means in said if (key := " ".join(search_key(word).split()))}


def add_missing(model: Any, key: str, rows: Iterable[dict[str, Any]]) -> int:
    """Add the rows whose key the table does not have yet; return how many. Also for the models of a migration."""
    known = set(model.objects.values_list(key, flat=True))
    made: list[models.Model] = model.objects.bulk_create(model(**row) for row in rows if row[key] not in known)
    return len(made)


def with_questions(rows: Iterable[dict[str, Any]], asked: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the rows with the ways in which people ask for them."""
    return [{**row, "asked": asked.get(row["title"], "")} for row in rows]


@transaction.atomic
def load(*, by: Actor) -> int:
    """Add seed rows that do not exist yet; return how many were added."""
    asked = shipped("asked")
    events = [dict(row, position=place) for place, row in enumerate(shipped("life_events"))]
    added = (
        add_missing(LifeEvent, "code", events)
        + add_missing(Synonym, "said", synonym_rows().values())
        + add_missing(PlainName, "title", with_questions(shipped("plain_names"), asked))
        + add_missing(Referral, "title", with_questions(shipped("referrals"), asked))
    )
    if added:
        record("guidance.starter", "案内の初期データを追加", by=by, after={"件数": added})
    return added
