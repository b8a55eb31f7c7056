"""Preparation 開設の準備: the steps before an installation opens to residents, and what each of them still lacks."""

from collections.abc import Callable
from dataclasses import dataclass

from todoke.accounts.models import User
from todoke.continuity.checks.work import send_block, staff_second_factor, worker
from todoke.continuity.health_checks import CheckResult, CheckState
from todoke.continuity.models import RecoveryCheck
from todoke.design.municipality import LINKS
from todoke.installation.appearance import newest
from todoke.notices.models import Delivery
from todoke.notices.text_versions import TRIAL
from todoke.offers.models import Release
from todoke.organization.models import Tenure
from todoke.procedures.models import Procedure

NEEDED_LINKS = ("accessibility", "privacy", "terms", "contact")
ADMINISTRATORS = 2


@dataclass(frozen=True)
class Step:
    """準備の段階: what to do, what is missing ("" when it is done), and the page or the command that does it."""

    title: str
    missing: str
    page: str = ""
    link: str = ""
    command: str = ""

    @property
    def is_done(self) -> bool:
        return not self.missing


def steps() -> list[Step]:
    """Return every step in the order in which a municipality takes them."""
    return [each() for each in STEPS]


def _name() -> Step:
    missing = "" if newest() else "名前、ロゴ、色を、まだ公開していません。"
    return Step("自治体の名前・ロゴ・色を決める", missing, "office:appearance", "自治体の表示")


def _links() -> Step:
    now = newest()
    lost = [str(LINKS[kind]) for kind in NEEDED_LINKS if now is None or not now.links.get(kind)]
    missing = f"まだないリンク: {'、'.join(lost)}" if lost else ""
    return Step("住民のページの下のリンクをそろえる", missing, "office:appearance", "自治体の表示")


def _people() -> Step:
    others = Tenure.objects.current().exclude(pk__in=Tenure.objects.administrators())
    missing = "" if others.exists() else "システム管理担当のほかの職員が、まだ登録されていません。"
    return Step("部署、職位、職員を登録する", missing, "office:staff-imports", "職員名簿を読み込む")


def _administrators() -> Step:
    count = Tenure.objects.current().administrators().values("user").distinct().count()
    missing = (
        "" if count >= ADMINISTRATORS else f"いまは{count}人です。自分の認証の手段を失ったとき、だれも直せません。"
    )
    return Step("システム管理担当を二人以上置く", missing, "office:organization", "部署と職位")


def _invitations() -> Step:
    left = sum(not person.has_usable_password() for person in _staff())
    missing = f"パスワードをまだ決めていない職員が{left:,}人います。" if left else ""
    return Step("職員を招待し、ログインできるようにする", missing, "office:staff", "職員と招待")


def _staff() -> list[User]:
    held = Tenure.objects.current().persons().values("user")
    return list(User.objects.filter(pk__in=held, is_active=True).only("password"))


def _chiefs() -> Step:
    offered = Release.objects.in_force().select_related("offer__department")
    chiefs = set(Tenure.objects.current().chiefs().values_list("post__department", flat=True))
    lost = sorted({each.offer.department.name for each in offered if each.offer.department_id not in chiefs})
    missing = f"課長のいない担当部署: {'、'.join(lost[:5])}" if lost else ""
    return Step("受け付ける部署に、決裁する課長を置く", missing, "office:organization", "部署と職位")


def _mail() -> Step:
    sent = Delivery.objects.filter(message__code=TRIAL, status=Delivery.Status.SENT).exists()
    missing = "" if sent else "試しのメールが、まだ一通も出ていません。"
    return Step("通知の文面を確かめ、試しに送る", missing, "office:notice-texts", "通知の文面")


def _procedures() -> Step:
    missing = "" if Procedure.objects.exists() else "手続がまだ一件もありません。"
    return Step("手続の一覧を取り込む", missing, "office:imports", "ファイルを取り込む")


def _offers() -> Step:
    missing = "" if Release.objects.in_force().exists() else "受け付けている手続がまだありません。"
    return Step("はじめの手続を、オンラインで受け付ける", missing, "studio:offers", "オンライン受付")


def _backup() -> Step:
    last = RecoveryCheck.objects.filter(kind=RecoveryCheck.Kind.BACKUP).first()
    good = last is not None and last.outcome == RecoveryCheck.Outcome.GOOD
    missing = "" if good else "控えを取って開けることが、まだ確かめられていません。"
    return Step(
        "控えを取り、開けることを確かめる", missing, command="./todoke backup 置き場 と ./todoke restore 置き場 --check"
    )


def _of(title: str, check: Callable[[], CheckResult], command: str = "") -> Callable[[], Step]:
    def step() -> Step:
        found = check()
        return Step(title, "" if found.state is CheckState.OK else f"{found.seen}。", command=command)

    return step


STEPS: tuple[Callable[[], Step], ...] = (
    _name,
    _links,
    _people,
    _administrators,
    _invitations,
    _of("職員がみな、二つ目の認証の手段を登録する", staff_second_factor),
    _procedures,
    _offers,
    _chiefs,
    _mail,
    _of("ワーカーを動かす", worker, "./todoke worker"),
    _of("差止めを解除する", send_block, "./todoke restore --release"),
    _backup,
)
