"""The load balancer sends people only to machines that serve, and a machine that only shows pages still serves."""

import json
import time
from collections.abc import Iterable
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from todoke.runtime import read_only_mode
from todoke.runtime.build_identity import BuildCheck, build_identity
from todoke.runtime.models import InstalledBuild
from todoke.runtime.read_only_mode import breaker
from todoke.web import probes

pytestmark = pytest.mark.django_db


@pytest.fixture
def check(settings: Settings, tmp_path: Any) -> BuildCheck:
    settings.HTTPS, settings.DEMO, settings.DEBUG, settings.VAR = True, False, False, tmp_path
    InstalledBuild.objects.create(build=build_identity(), completed_at=timezone.now())
    return BuildCheck(every=0)


def ask(path: str, check: BuildCheck) -> tuple[str, str]:
    def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        start_response("200 OK", [])
        return [b'{"state": "a page"}']

    said: list[str] = []
    body = probes.Probes(application, check=check)({"PATH_INFO": path}, lambda status, headers: said.append(status))
    return said[0][:3], json.loads(b"".join(body))["state"]


def test_a_process_that_answers_is_alive_and_other_pages_are_pages(check: BuildCheck) -> None:
    assert ask("/livez", check) == ("200", "alive")
    assert ask("/livez/x", check) == ("200", "a page")


def test_a_machine_is_ready_read_only_or_of_another_build(check: BuildCheck) -> None:
    assert probes.readiness(check) == probes.READY
    read_only_mode.switch_on(since=timezone.now(), reason="保守")
    assert probes.readiness(check) == probes.READ_ONLY
    read_only_mode.switch_off()
    InstalledBuild.objects.create(build="newer")
    assert probes.readiness(check) == probes.OTHER_BUILD


def test_without_a_database_a_machine_is_ready_only_where_a_replica_shows_pages(
    check: BuildCheck, settings: Settings
) -> None:
    breaker.trip(timezone.now())
    try:
        settings.STANDBY = "postgresql://reader@replica/todoke"
        assert probes.readiness(check) == probes.READ_ONLY
        settings.STANDBY = ""
        wanted = probes.NO_DATABASE if connection.vendor == "postgresql" else probes.READ_ONLY
        assert probes.readiness(check) == wanted
    finally:
        breaker.close()


@pytest.mark.parametrize(("state", "status"), [("ready", 200), ("read-only", 200), ("other build", 503)])
def test_only_a_state_that_serves_is_a_success(state: str, status: int) -> None:
    assert (state in probes.SERVING) is (status == 200)


def test_a_probe_takes_less_than_five_milliseconds_of_processor_time(check: BuildCheck) -> None:
    check.every = 10.0
    asked: list[str] = []
    served = probes.Probes(lambda environ, start_response: [], check=check)
    for path in ("/livez", "/readyz"):
        served({"PATH_INFO": path}, lambda status, headers: None)
        began = time.process_time()
        for _ in range(100):
            served({"PATH_INFO": path}, lambda status, headers: asked.append(status))
        assert (time.process_time() - began) / 100 < 0.005, path
    assert asked == ["200 OK"] * 200
