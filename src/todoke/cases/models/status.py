"""Case status 状態 and its transitions. Payment, approval and delivery have statuses of their own."""

from django.db.models import TextChoices


class Status(TextChoices):
    RECEIVED = "received", "受付"
    REVIEW = "review", "審査中"
    CORRECTION = "correction", "補正依頼"
    DECIDING = "deciding", "決裁中"
    GRANTED = "granted", "認容"
    PARTLY = "partly", "一部認容"
    REFUSED = "refused", "却下"
    WITHDRAWN = "withdrawn", "取下げ"


NEXT: dict[str, frozenset[str]] = {
    Status.RECEIVED: frozenset({Status.REVIEW, Status.WITHDRAWN}),
    Status.REVIEW: frozenset({Status.CORRECTION, Status.DECIDING, Status.WITHDRAWN}),
    Status.CORRECTION: frozenset({Status.REVIEW, Status.WITHDRAWN}),
    Status.DECIDING: frozenset({Status.REVIEW, Status.GRANTED, Status.PARTLY, Status.REFUSED, Status.WITHDRAWN}),
    Status.GRANTED: frozenset(),
    Status.PARTLY: frozenset(),
    Status.REFUSED: frozenset(),
    Status.WITHDRAWN: frozenset(),
}
DECIDED = (Status.GRANTED, Status.PARTLY, Status.REFUSED)
CLOSED = (*DECIDED, Status.WITHDRAWN)
OPEN = tuple(status for status in Status if status not in CLOSED)
FEE_KEPT = "手数料を還付しないことの決定"
FEE_CHANGED, FEE_DIFFERS = "手数料の変更", "手数料の違い"


class Channel(TextChoices):
    WEB = "web", "オンライン"
    COUNTER = "counter", "窓口"
    POST = "post", "郵送"
    PHONE = "phone", "電話"
    NATIONAL = "national", "ぴったりサービス"
    PARTNER = "partner", "ほかのシステム"


ONLINE = (Channel.WEB, Channel.NATIONAL, Channel.PARTNER)
BY_STAFF = (Channel.COUNTER, Channel.POST, Channel.PHONE)
"""The channels by which an application comes as data, and those of which staff type in what came."""


class DeliveryStatus(TextChoices):
    NONE = "none", "なし"
    MAKING = "making", "作成中"
    HELD = "held", "留め置き"
    FAILED = "failed", "作成できず"
    READY = "ready", "受け取り可"
    POSTED = "posted", "発送済み"
    DONE = "done", "受け取り済み"
    RETURNED = "returned", "返戻"


ATTENTION = (DeliveryStatus.HELD, DeliveryStatus.FAILED, DeliveryStatus.RETURNED)
