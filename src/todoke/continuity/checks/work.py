"""ワーカーと通知: checks of the worker, its queue, and the delivery of notices and of news for partners."""

from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils import timezone

from todoke.continuity.health_checks import Check, CheckResult, critical, ok, warning
from todoke.integrations.models import Parcel, WebhookEndpoint
from todoke.jobs.models import Job, PeriodicTask
from todoke.jobs.worker import TimeLimitExceeded
from todoke.meetings.chosen_transcriber import check_weights, chosen_transcriber
from todoke.notices.models import Delivery
from todoke.organization.models import Tenure
from todoke.runtime.models import SendBlock
from todoke.runtime.refusals import Refused
from todoke.scans.chosen_reader import chosen_reader
from todoke.scans.engines.ocr_engine import MODEL_SHA256, is_measured_model

WORKER_WITHIN = timedelta(minutes=5)
NOTICE_WITHIN = timedelta(minutes=15)
RUNNING_WITHIN = timedelta(minutes=10)


def worker() -> CheckResult:
    """A worker ran within the last 5 minutes."""
    due = PeriodicTask.objects.order_by("next_at").first()
    if due is None:
        return critical("ワーカーが一度も動いていません", "./todoke worker を起動してください。")
    late = timezone.now() - due.next_at
    if late > WORKER_WITHIN:
        return critical(
            f"ワーカーが {late.total_seconds() / 60:.0f} 分動いていません", "./todoke worker を起動してください。"
        )
    return ok("ワーカーは動いています")


def pending_jobs() -> CheckResult:
    """No due job has waited for 15 minutes."""
    oldest = Job.objects.due().order_by("run_after").first()
    late = timezone.now() - oldest.run_after if oldest else timedelta()
    if late > NOTICE_WITHIN:
        return critical(
            f"予約作業が {late.total_seconds() / 60:.0f} 分待っています", "ワーカーの数と記録を確かめてください。"
        )
    return ok(f"いちばん長く待っている作業は {max(late.total_seconds(), 0):.0f} 秒です")


def given_up_jobs() -> CheckResult:
    """No job has run for 10 minutes or was given up at the time limit."""
    since = timezone.now() - RUNNING_WITHIN
    running = Job.objects.filter(status=Job.Status.RUNNING, last_attempted_at__lt=since).count()
    over = Job.objects.filter(status=Job.Status.WAITING, failure__contains=TimeLimitExceeded.__qualname__).count()
    if running or over:
        return warning(
            f"{RUNNING_WITHIN.total_seconds() / 60:.0f}分を超えて動いている作業が {running} 件、"
            f"終わらないので打ち切り、やり直す作業が {over} 件あります",
            "./todoke jobs で作業の名前を見て、組版や接続先が止まっていないか確かめてください。自動でやり直します。",
        )
    return ok("終わらない作業はありません")


def dead_jobs() -> CheckResult:
    """No job has used up its retries."""
    dead = Job.objects.dead().count()
    if dead:
        return warning(
            f"断念した作業が {dead} 件あります", "./todoke jobs で原因を見て、直してから --retry してください。"
        )
    return ok("断念した作業はありません")


def failed_notices() -> CheckResult:
    """No notice failed within the last day."""
    since = timezone.now() - timedelta(days=1)
    failed = Delivery.objects.filter(status=Delivery.Status.FAILED, message__written_at__gte=since).count()
    if failed:
        return warning(
            f"この1日に届かなかった通知が {failed} 通あります", "宛先を確かめ、電話か郵便で知らせてください。"
        )
    return ok("この1日に届かなかった通知はありません")


def partner_news() -> CheckResult:
    """No partner was given up that should be told what moved, and files have a folder."""
    if stopped := WebhookEndpoint.objects.stopped().select_related("partner"):
        names = "、".join(f"「{endpoint.partner}」" for endpoint in stopped)
        return warning(
            f"{names}への知らせが止まっています", "連携先に確かめ、連携先のページで「もう一度送る」を押します。"
        )
    if WebhookEndpoint.objects.filter(by_file=True).exists() and not settings.WEBHOOK_FILES:
        return critical(
            "知らせのファイルの置き場がありません", "TODOKE_WEBHOOK_FILES に、書ける置き場を書いてください。"
        )
    return ok("連携先への知らせは止まっていません")


def parcels_without_receipt() -> CheckResult:
    """The other side of every line said what became of the parcels of yesterday."""
    if late := Parcel.objects.without_receipt().select_related("line"):
        names = "、".join(f"「{parcel}」" for parcel in late)
        return warning(f"{names}の受領書が、1日たっても届きません", "相手に確かめ、同じ便をもう一度渡します。")
    return ok("引渡しの便は、どれも受領が確かめられています")


def send_block() -> CheckResult:
    """No send block is in force."""
    if hold := SendBlock.objects.in_force().first():
        return critical(
            f"差し止められています({hold.reason})", "本番にするときは ./todoke restore --release を実行してください。"
        )
    return ok("差し止められていません")


def staff_second_factor() -> CheckResult:
    """Every holder of a post has set up a second factor."""
    staff = set(Tenure.objects.current().values_list("user_id", flat=True))
    without = len(staff - set(Authenticator.objects.values_list("user_id", flat=True)))
    if without:
        return warning(
            f"2段階の認証をまだ設定していない職員が {without} 人います", "次に入るときに設定を求められます。"
        )
    return ok("在任の職員は、みな2段階の認証を設定しています")


def paper_reader() -> CheckResult:
    """What reads paper, or that nothing does; a model that is not the measured one stops it."""
    reader = chosen_reader()
    if reader.name == "ppocrv6" and not is_measured_model():
        return critical(
            "読取りのモデルが、確かめたものと違います", "./todoke extras reading で部品を入れ直してください。"
        )
    return ok(f"{reader.said}(モデル {MODEL_SHA256[:12]})" if reader.name == "ppocrv6" else reader.said.rstrip("。"))


def speech_engine() -> CheckResult:
    """What writes down recordings, or that nothing does; weights that are not the measured ones stop it."""
    try:
        chosen = chosen_transcriber()
        if chosen.model_sha256:
            check_weights()
    except Refused as refusal:
        return critical(
            str(refusal).split("。")[0], "TODOKE_TRANSCRIBER を確かめ、./todoke extras speech で入れ直します。"
        )
    return ok(f"{chosen.said}(モデル {chosen.model_sha256[:12]})" if chosen.model_sha256 else chosen.said.rstrip("。"))


CHECKS: dict[str, Check] = {
    "ワーカー": worker,
    "待っている作業": pending_jobs,
    "終わらない作業": given_up_jobs,
    "断念した作業": dead_jobs,
    "届かなかった通知": failed_notices,
    "連携先への知らせ": partner_news,
    "引渡しの便": parcels_without_receipt,
    "差止め": send_block,
    "職員": staff_second_factor,
    "紙の読取り": paper_reader,
    "録音の文字起こし": speech_engine,
}
