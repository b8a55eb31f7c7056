"""One database is served by one version of the program: the one that migrated it."""

import io
import logging
import tomllib

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.utils import timezone
from pytest_django import Settings

from todoke.continuity.checks import configuration
from todoke.continuity.health_checks import CheckState
from todoke.runtime import build_identity
from todoke.runtime.models import InstalledBuild

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_production(settings: Settings) -> None:
    """A production database that no program has migrated yet."""
    settings.HTTPS, settings.DEMO, settings.DEBUG = True, False, False
    InstalledBuild.objects.all().delete()


@pytest.fixture
def migrated() -> InstalledBuild:
    """The database was migrated by this program."""
    return InstalledBuild.objects.create(build=build_identity.build_identity(), completed_at=timezone.now())


def migrated_by_another() -> InstalledBuild:
    return InstalledBuild.objects.create(build="another", completed_at=timezone.now())


def test_the_build_that_migrated_starts(migrated: InstalledBuild) -> None:
    build_identity.require()
    assert configuration.program_version().state is CheckState.OK


def test_t47_another_build_does_not_start_in_production(migrated: InstalledBuild) -> None:
    migrated_by_another()
    with pytest.raises(ImproperlyConfigured, match=r"ほかの版のプログラム.*another.*todoke migrate"):
        build_identity.require()
    assert configuration.program_version().state is CheckState.CRITICAL


def test_a_database_that_nobody_migrated_is_not_served() -> None:
    with pytest.raises(ImproperlyConfigured, match="todoke migrate"):
        build_identity.require()


def test_nobody_serves_while_a_migration_is_under_way(migrated: InstalledBuild) -> None:
    InstalledBuild.objects.create(build=build_identity.build_identity())
    with pytest.raises(ImproperlyConfigured, match="移行が終わっていません"):
        build_identity.require()


def test_whoever_changes_the_program_while_it_runs_is_only_warned(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.DEBUG = True
    migrated_by_another()
    with caplog.at_level(logging.WARNING):
        build_identity.require()
        assert build_identity.BuildCheck().refusal() == ""
    assert "ほかの版のプログラム" in caplog.text


def test_the_operator_migrates_and_the_build_is_recorded_once(migrated: InstalledBuild) -> None:
    migrated_by_another()
    for _ in range(2):
        call_command("migrate", verbosity=0, stdout=io.StringIO())
    assert build_identity.difference() == ""
    assert InstalledBuild.objects.filter(build=build_identity.build_identity()).count() == 2


def test_the_release_is_the_one_of_the_package() -> None:
    package = tomllib.loads((settings.ROOT / "pyproject.toml").read_text())["project"]
    assert package["version"] == build_identity.RELEASE


def test_a_look_at_the_plan_records_nothing() -> None:
    migrated_by_another()
    call_command("migrate", "--plan", verbosity=0, stdout=io.StringIO())
    assert build_identity.difference() != ""


def test_a_database_that_does_not_answer_changes_nothing(migrated: InstalledBuild) -> None:
    answers = [True]
    check = build_identity.BuildCheck(every=0, available=lambda: answers[0])
    assert check.refusal() == ""
    answers[0] = False
    migrated_by_another()
    assert check.refusal() == ""
    answers[0] = True
    assert "ほかの版" in check.refusal()
