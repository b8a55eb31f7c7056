"""設定と入口: settings, headers, certificate, mail and money as the outside meets them."""

import re
import socket
import ssl
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks
from django.test import Client

from todoke.continuity.backup import program_hash
from todoke.continuity.health_checks import Check, Finding, danger, fine, notice

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


def mode() -> Finding:
    on = [name for name in ("DEBUG", "DEMO") if getattr(settings, name)]
    if on:
        return danger(f"{'、'.join(on)} が有効です", f"{'、'.join('TODOKE_' + name for name in on)} を消してください。")
    return fine("本番の動き方です")


def framework() -> Finding:
    found = [str(problem.id) for problem in checks.run_checks(include_deployment_checks=True) if problem.level >= 30]
    if found:
        return danger(f"Django の点検で {'、'.join(found)}", "./todoke check --deploy の説明に従ってください。")
    return fine("Django の点検(check --deploy)に問題はありません")


def hosts() -> Finding:
    public = urlsplit(settings.PUBLIC_URL)
    if any("*" in host for host in settings.ALLOWED_HOSTS):
        return danger("どのホスト名でも受け付けます", "TODOKE_HOSTS に、使うホスト名だけを書いてください。")
    if public.hostname not in settings.ALLOWED_HOSTS:
        return danger(
            f"{public.hostname} が TODOKE_HOSTS にありません", "TODOKE_URL と TODOKE_HOSTS を合わせてください。"
        )
    if public.scheme != "https":
        return danger("住民に見せるアドレスが https ではありません", "TODOKE_URL を https:// にしてください。")
    return fine(f"{public.hostname} だけを受け付けます")


def key() -> Finding:
    path = settings.VAR / "secret-key"
    if len(settings.SECRET_KEY) < 50:
        return danger("署名の鍵が短すぎます", "50文字以上の乱数を TODOKE_SECRET_KEY に設定してください。")
    if path.exists() and path.stat().st_mode & 0o077:
        return danger(f"{path} をほかの利用者が読めます", f"chmod 600 {path} を実行してください。")
    return fine("署名の鍵は十分に長く、ほかの利用者から読めません")


def second_factor() -> Finding:
    if not settings.STAFF_SECOND_FACTOR:
        return danger("職員に2段階の認証を求めていません", "TODOKE_STAFF_SECOND_FACTOR=0 を消してください。")
    return fine("職員に2段階の認証を求めます")


def headers() -> Finding:
    answer = Client(headers={"host": settings.ALLOWED_HOSTS[0]}).get("/", secure=True)
    wrong = [name for name, part in HEADERS.items() if part not in answer.headers.get(name, "")]
    if answer.status_code >= 500 or wrong:
        told = f"はじめのページが {answer.status_code}、足りないヘッダー {'、'.join(wrong) or 'なし'}"
        return danger(told, "TODOKE_HTTPS を無効にしていないか確かめてください。")
    return fine(f"守りのヘッダー {len(HEADERS)} 種がそろっています")


def certificate() -> Finding:
    public = urlsplit(settings.PUBLIC_URL)
    if public.scheme != "https" or not public.hostname:
        return notice("証明書を確かめられません", "TODOKE_URL を https:// にしてください。")
    try:
        plain = socket.create_connection((public.hostname, public.port or 443), WAIT)
        with plain, ssl.create_default_context().wrap_socket(plain, server_hostname=public.hostname) as secure:
            until = ssl.cert_time_to_seconds(str((secure.getpeercert() or {})["notAfter"]))
    except (OSError, KeyError) as problem:
        return notice(
            f"{public.hostname} につながりません({type(problem).__name__})", "この機械から届くか確かめてください。"
        )
    days = (datetime.fromtimestamp(until, UTC) - datetime.now(UTC)).days
    if days < CERTIFICATE_DAYS:
        return danger(f"証明書の期限まであと {days} 日です", "証明書を更新してください。")
    return fine(f"証明書の期限まであと {days} 日です")


def mail() -> Finding:
    if settings.NOTICE_CHANNEL != "smtp":
        return danger("通知が外へ送られません", "TODOKE_NOTICES を消すか、smtp にしてください。")
    try:
        socket.create_connection((settings.EMAIL_HOST, settings.EMAIL_PORT), WAIT).close()
    except OSError:
        where = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
        return danger(
            f"メールサーバー {where} につながりません", "TODOKE_SMTP_HOST と TODOKE_SMTP_PORT を確かめてください。"
        )
    return fine("メールサーバーにつながります")


def money() -> Finding:
    if settings.PAYMENT_PROVIDER == "simulator":
        return notice(
            "支払は模擬の決済事業者です", "手数料をオンラインで納める前に、契約した事業者を設定してください。"
        )
    if settings.PSP_SECRET == settings.SECRET_KEY:
        return danger("決済の署名の鍵が決まっていません", "TODOKE_PSP_SECRET を設定してください。")
    return fine(f"決済事業者は {settings.PAYMENT_PROVIDER} です")


def libraries() -> Finding:
    other = []
    for name, wanted in PINNED.findall((settings.ROOT / "requirements" / "runtime.txt").read_text()):
        try:
            there = version(name)
        except PackageNotFoundError:
            there = "なし"
        if there != wanted:
            other.append(f"{name} {there}(決めた版は {wanted})")
    if other:
        return danger("、".join(other[:5]), "./todoke migrate を実行すると、決めた版がそろいます。")
    return fine("ライブラリは、すべて決めた版です")


def build() -> Finding:
    return fine(f"このプログラムの照合値は {program_hash()} です(すべての機械で同じか確かめてください)")


CHECKS: dict[str, Check] = {
    "動き方": mode,
    "Django の点検": framework,
    "ホスト名": hosts,
    "署名の鍵": key,
    "職員の認証": second_factor,
    "守りのヘッダー": headers,
    "証明書": certificate,
    "メール": mail,
    "支払": money,
    "ライブラリ": libraries,
    "プログラム": build,
}
