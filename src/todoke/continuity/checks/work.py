"""ワーカーと通知: whether somebody works through the jobs, and how long people wait for their notices."""

from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.utils import timezone

from todoke.continuity.health_checks import Check, Finding, danger, fine, notice
from todoke.jobs.models import Job, PeriodicTask
from todoke.notices.models import Delivery
from todoke.organization.models import Tenure
from todoke.runtime.models import SendBlock

WORKER_WITHIN = timedelta(minutes=5)
NOTICE_WITHIN = timedelta(minutes=15)


def worker() -> Finding:
    due = PeriodicTask.objects.order_by("next_at").first()
    if due is None:
        return danger("ワーカーが一度も動いていません", "./todoke worker を起動してください。")
    late = timezone.now() - due.next_at
    if late > WORKER_WITHIN:
        return danger(
            f"ワーカーが {late.total_seconds() / 60:.0f} 分動いていません", "./todoke worker を起動してください。"
        )
    return fine("ワーカーは動いています")


def waiting() -> Finding:
    oldest = Job.objects.due().order_by("run_after").first()
    late = timezone.now() - oldest.run_after if oldest else timedelta()
    if late > NOTICE_WITHIN:
        return danger(
            f"予約作業が {late.total_seconds() / 60:.0f} 分待っています", "ワーカーの数と記録を確かめてください。"
        )
    return fine(f"いちばん長く待っている作業は {max(late.total_seconds(), 0):.0f} 秒です")


def given_up() -> Finding:
    dead = Job.objects.dead().count()
    if dead:
        return notice(
            f"断念した作業が {dead} 件あります", "./todoke jobs で原因を見て、直してから --revive してください。"
        )
    return fine("断念した作業はありません")


def undelivered() -> Finding:
    since = timezone.now() - timedelta(days=1)
    failed = Delivery.objects.filter(status=Delivery.Status.FAILED, message__written_at__gte=since).count()
    if failed:
        return notice(
            f"この1日に届かなかった通知が {failed} 通あります", "宛先を確かめ、電話か郵便で知らせてください。"
        )
    return fine("この1日に届かなかった通知はありません")


def held() -> Finding:
    if hold := SendBlock.objects.in_force().first():
        return danger(
            f"差し止められています({hold.reason})", "本番にするときは ./todoke restore --release を実行してください。"
        )
    return fine("差し止められていません")


def people() -> Finding:
    staff = set(Tenure.objects.current().values_list("user_id", flat=True))
    without = len(staff - set(Authenticator.objects.values_list("user_id", flat=True)))
    if without:
        return notice(f"2段階の認証をまだ設定していない職員が {without} 人います", "次に入るときに設定を求められます。")
    return fine("在任の職員は、みな2段階の認証を設定しています")


CHECKS: dict[str, Check] = {
    "ワーカー": worker,
    "待っている作業": waiting,
    "断念した作業": given_up,
    "届かなかった通知": undelivered,
    "差止め": held,
    "職員": people,
}
