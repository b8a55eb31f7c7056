"""設定と入口: checks of settings, headers, certificate, mail server, payment provider and library versions."""

import re
import socket
import ssl
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks
from django.test import Client

from todoke.continuity.health_checks import Check, CheckResult, critical, ok, warning
from todoke.runtime import build_identity
from todoke.runtime.production import NO_PROVIDER, SIMULATOR

WAIT = 5.0
CERTIFICATE_DAYS = 30
PINNED = re.compile(r"^([a-z0-9][a-z0-9._-]*)(?:\[[^\]]+\])?==(\S+)", re.MULTILINE)
HEADERS = {
    "Content-Security-Policy": "default-src 'none'",
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "geolocation=()",
    "Cache-Control": "no-store",
}


def production_mode() -> CheckResult:
    """Debug and demo mode are off."""
    on = [name for name in ("DEBUG", "DEMO") if getattr(settings, name)]
    if on:
        return critical(
            f"{'、'.join(on)} が有効です", f"{'、'.join('TODOKE_' + name for name in on)} を消してください。"
        )
    return ok("本番の動き方です")


def django_checks() -> CheckResult:
    """``check --deploy`` reports nothing."""
    found = [str(problem.id) for problem in checks.run_checks(include_deployment_checks=True) if problem.level >= 30]
    if found:
        return critical(f"Django の点検で {'、'.join(found)}", "./todoke check --deploy の説明に従ってください。")
    return ok("Django の点検(check --deploy)に問題はありません")


def allowed_hosts() -> CheckResult:
    """Only the public host name is accepted, over https."""
    public = urlsplit(settings.PUBLIC_URL)
    if any("*" in host for host in settings.ALLOWED_HOSTS):
        return critical("どのホスト名でも受け付けます", "TODOKE_HOSTS に、使うホスト名だけを書いてください。")
    if public.hostname not in settings.ALLOWED_HOSTS:
        return critical(
            f"{public.hostname} が TODOKE_HOSTS にありません", "TODOKE_URL と TODOKE_HOSTS を合わせてください。"
        )
    if public.scheme != "https":
        return critical("住民に見せるアドレスが https ではありません", "TODOKE_URL を https:// にしてください。")
    return ok(f"{public.hostname} だけを受け付けます")


def secret_key() -> CheckResult:
    """The signing key has 50 characters and is not readable by others."""
    path = settings.VAR / "secret-key"
    if len(settings.SECRET_KEY) < 50:
        return critical("署名の鍵が短すぎます", "50文字以上の乱数を TODOKE_SECRET_KEY に設定してください。")
    if path.exists() and path.stat().st_mode & 0o077:
        return critical(f"{path} をほかの利用者が読めます", f"chmod 600 {path} を実行してください。")
    return ok("署名の鍵は十分に長く、ほかの利用者から読めません")


def second_factor() -> CheckResult:
    """Staff must use a second factor."""
    if not settings.STAFF_SECOND_FACTOR:
        return critical("職員に2段階の認証を求めていません", "TODOKE_STAFF_SECOND_FACTOR=0 を消してください。")
    return ok("職員に2段階の認証を求めます")


def headers() -> CheckResult:
    """The first page carries the security headers."""
    answer = Client(headers={"host": settings.ALLOWED_HOSTS[0]}).get("/", secure=True)
    wrong = [name for name, part in HEADERS.items() if part not in answer.headers.get(name, "")]
    if answer.status_code >= 500 or wrong:
        told = f"はじめのページが {answer.status_code}、足りないヘッダー {'、'.join(wrong) or 'なし'}"
        return critical(told, "TODOKE_HTTPS を無効にしていないか確かめてください。")
    return ok(f"守りのヘッダー {len(HEADERS)} 種がそろっています")


def certificate() -> CheckResult:
    """The TLS certificate is valid for ``CERTIFICATE_DAYS`` more days."""
    public = urlsplit(settings.PUBLIC_URL)
    if public.scheme != "https" or not public.hostname:
        return warning("証明書を確かめられません", "TODOKE_URL を https:// にしてください。")
    try:
        plain = socket.create_connection((public.hostname, public.port or 443), WAIT)
        with plain, ssl.create_default_context().wrap_socket(plain, server_hostname=public.hostname) as secure:
            until = ssl.cert_time_to_seconds(str((secure.getpeercert() or {})["notAfter"]))
    except (OSError, KeyError) as problem:
        return warning(
            f"{public.hostname} につながりません({type(problem).__name__})", "この機械から届くか確かめてください。"
        )
    days = (datetime.fromtimestamp(until, UTC) - datetime.now(UTC)).days
    if days < CERTIFICATE_DAYS:
        return critical(f"証明書の期限まであと {days} 日です", "証明書を更新してください。")
    return ok(f"証明書の期限まであと {days} 日です")


def mail_server() -> CheckResult:
    """Notices go out by SMTP and the server accepts connections."""
    if settings.NOTICE_CHANNEL != "smtp":
        return critical("通知が外へ送られません", "TODOKE_NOTICES を消すか、smtp にしてください。")
    try:
        socket.create_connection((settings.EMAIL_HOST, settings.EMAIL_PORT), WAIT).close()
    except OSError:
        where = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
        return critical(
            f"メールサーバー {where} につながりません", "TODOKE_SMTP_HOST と TODOKE_SMTP_PORT を確かめてください。"
        )
    return ok("メールサーバーにつながります")


def payment_provider() -> CheckResult:
    """The provider is not the simulator, and its webhook secret is set."""
    if settings.PAYMENT_PROVIDER == NO_PROVIDER:
        return ok("オンラインの支払は扱いません")
    if settings.PAYMENT_PROVIDER == SIMULATOR:
        return warning(
            "支払は模擬の決済事業者です", "契約した事業者か none を TODOKE_PAYMENT_PROVIDER に書いてください。"
        )
    if settings.PSP_SECRET == settings.SECRET_KEY:
        return critical("決済の署名の鍵が決まっていません", "TODOKE_PSP_SECRET を設定してください。")
    return ok(f"決済事業者は {settings.PAYMENT_PROVIDER} です")


def libraries() -> CheckResult:
    """Every runtime library has the locked version."""
    other = []
    for name, wanted in PINNED.findall((settings.ROOT / "requirements" / "runtime.txt").read_text()):
        try:
            there = version(name)
        except PackageNotFoundError:
            there = "なし"
        if there != wanted:
            other.append(f"{name} {there}(決めた版は {wanted})")
    if other:
        return critical("、".join(other[:5]), "./todoke migrate を実行すると、決めた版がそろいます。")
    return ok("ライブラリは、すべて決めた版です")


def program_version() -> CheckResult:
    """The database was migrated by the build that is installed here."""
    if said := build_identity.difference():
        return critical(said, "移行のあとに、すべての機械のサーバーとワーカーを起動し直してください。")
    return ok(f"このプログラムとデータベースの版は同じです(照合値 {build_identity.build_identity()})")


CHECKS: dict[str, Check] = {
    "動き方": production_mode,
    "Django の点検": django_checks,
    "ホスト名": allowed_hosts,
    "署名の鍵": secret_key,
    "職員の認証": second_factor,
    "守りのヘッダー": headers,
    "証明書": certificate,
    "メール": mail_server,
    "支払": payment_provider,
    "ライブラリ": libraries,
    "プログラム": program_version,
}
