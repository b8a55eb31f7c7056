"""The chain proves what was done, by whom, in which order."""

import pytest
from django.db import connection

from tests import cast
from todoke.accounts.actors import Guest
from todoke.audit import log
from todoke.audit.models import Entry
from todoke.audit.triggers import uninstall

pytestmark = pytest.mark.django_db


def test_an_entry_names_who_did_what_and_which_fields_changed() -> None:
    clerk = cast.clerk()
    entry = log.record("case/1", "審査開始", by=clerk, before={"status": "受付"}, after={"status": "審査中"})
    assert (entry.actor, entry.actor_label, entry.changed) == (clerk, "佐藤 係員", "status")
    assert "審査中" not in entry.after_hash


def test_unrelated_subjects_have_chains_of_their_own() -> None:
    log.record("case/1", "受付", by=Guest())
    assert log.record("case/2", "受付", by=Guest()).sequence == 1
    assert log.record("case/1", "審査", by=Guest()).sequence == 2


def test_an_untouched_chain_verifies() -> None:
    for act in ("受付", "審査", "決定"):
        log.record("case/1", act, by=Guest())
    assert list(log.verify()) == []


@pytest.mark.parametrize("field", ["act", "actor_label", "reason", "after_hash"])
def test_an_altered_entry_is_named(field: str) -> None:
    for act in ("受付", "審査", "決定"):
        log.record("case/1", act, by=Guest())
    uninstall(connection)
    Entry.objects.filter(sequence=2).update(**{field: "すり替え"})
    assert [(found.subject, found.sequence) for found in log.verify()] == [("case/1", 2)]


def test_an_entry_refuses_to_be_rewritten_or_deleted() -> None:
    entry = log.record("case/1", "受付", by=Guest())
    with pytest.raises(TypeError):
        entry.save()
    with pytest.raises(TypeError):
        entry.delete()
