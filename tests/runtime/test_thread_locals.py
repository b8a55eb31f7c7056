"""What belongs to a request stays in its thread: nobody is answered in the language of somebody else."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, local

import pytest
from django.core.cache import caches
from django.db import connections
from django.urls import get_script_prefix, set_script_prefix
from django.utils import timezone, translation
from pytest_django.fixtures import Settings

from todoke.runtime.processes.thread_locals import HANDLERS, KEPT, use_thread_locals


def test_two_residents_at_once_are_each_answered_in_their_own_language() -> None:
    met = Barrier(2)

    def page(language: str) -> str | None:
        with translation.override(language):
            met.wait(10)
            return translation.get_language()

    with ThreadPoolExecutor(2) as people:
        assert list(people.map(page, ("en", "ja-easy"))) == ["en", "ja-easy"]


def test_what_one_thread_sets_another_does_not_see() -> None:
    before = get_script_prefix()
    with ThreadPoolExecutor(1) as other, timezone.override("UTC"):
        other.submit(set_script_prefix, "/city/").result()
        assert get_script_prefix() == before
        assert other.submit(timezone.get_current_timezone_name).result() != "UTC"


def test_every_place_is_replaced_and_keeps_what_it_held(monkeypatch: pytest.MonkeyPatch) -> None:
    for module, name in KEPT:
        monkeypatch.setattr(module, name, getattr(module, name))
    for handler in HANDLERS:
        monkeypatch.setattr(handler, "_connections", handler._connections)  # noqa: SLF001 - what is replaced
    opened, cache = connections["default"], caches["default"]
    with translation.override("en"):
        use_thread_locals()
        assert translation.get_language() == "en"
        assert (connections["default"], caches["default"]) == (opened, cache)
    places = [getattr(module, name) for module, name in KEPT]
    places += [handler._connections for handler in HANDLERS]  # noqa: SLF001 - the same
    assert all(type(place) is local for place in places)


def test_turned_off_django_keeps_its_own(settings: Settings) -> None:
    settings.SPEED_UPS = frozenset()
    before = [getattr(module, name) for module, name in KEPT]
    use_thread_locals()
    assert all(getattr(module, name) is place for (module, name), place in zip(KEPT, before, strict=True))
