"""An office that serves residents does not start with the payment simulator or with a key of nobody."""

import pytest
from django.core import checks
from django.core.management import CommandError, call_command
from pytest_django import Settings

GOOD = {"PAYMENT_PROVIDER": "stripe", "PSP_SECRET": "p" * 50, "SECRET_KEY": "k" * 50}


@pytest.fixture(autouse=True)
def _in_production(settings: Settings) -> None:
    settings.HTTPS, settings.DEMO, settings.DEBUG = True, False, False
    for name, value in GOOD.items():
        setattr(settings, name, value)


def reported() -> list[str]:
    return [str(found.id) for found in checks.run_checks(include_deployment_checks=True) if "todoke." in str(found.id)]


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("PAYMENT_PROVIDER", "simulator", "模擬の決済事業者"),
        ("PSP_SECRET", "k" * 50, "TODOKE_PSP_SECRET"),
        ("SECRET_KEY", "demo", "TODOKE_SECRET_KEY"),
    ],
)
def test_t48_an_unsafe_setting_stops_the_start_with_a_sentence(
    settings: Settings, name: str, value: str, said: str
) -> None:
    setattr(settings, name, value)
    with pytest.raises(CommandError, match=said):
        call_command("serve")
    assert reported() == ["todoke.E001"]


def test_t48_a_municipality_without_online_payments_says_none(settings: Settings) -> None:
    settings.PAYMENT_PROVIDER, settings.PSP_SECRET = "none", settings.SECRET_KEY
    assert not reported()
