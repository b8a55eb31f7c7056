"""Production 本番: what an installation that serves residents must not run with."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

SIMULATOR, NO_PROVIDER = "simulator", "none"
SHORTEST_KEY = 50


def is_production() -> bool:
    """Whether the program runs for residents: neither demo nor debug, and over HTTPS."""
    return bool(settings.HTTPS and not settings.DEMO and not settings.DEBUG)


def unsafe_settings() -> list[str]:
    """Return a sentence for every setting that belongs to the demo or to nobody: provider and keys."""
    found = []
    if settings.PAYMENT_PROVIDER == SIMULATOR:
        found.append(
            "支払が模擬の決済事業者のままです。契約した事業者を TODOKE_PAYMENT_PROVIDER に書いてください。"
            "オンラインの支払を扱わないときは none と書いてください。"
        )
    elif settings.PAYMENT_PROVIDER != NO_PROVIDER and settings.PSP_SECRET == settings.SECRET_KEY:
        found.append("決済の署名の鍵が決まっていません。TODOKE_PSP_SECRET を設定してください。")
    if len(settings.SECRET_KEY) < SHORTEST_KEY:
        found.append("署名の鍵が短すぎます。50文字以上の乱数を TODOKE_SECRET_KEY に設定してください。")
    return found


@register(Tags.security, deploy=True)
def check_deployment(app_configs: Sequence[Any] | None, **terms: Any) -> list[CheckMessage]:
    """Report every unsafe setting as an error of ``check --deploy``."""
    return [Error(said, id=f"todoke.E{number:03}") for number, said in enumerate(unsafe_settings(), 1)]
