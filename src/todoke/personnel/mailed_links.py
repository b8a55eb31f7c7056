"""Mailed links of the register of staff (送ったリンク): the invitation to a first password."""

from datetime import datetime

from todoke.japanese.calendar import today
from todoke.notices.link_purpose import Ending, LinkPurpose, StandingAddress
from todoke.organization.models import Tenure
from todoke.personnel.models import Invitation


def _ending_of_invitation(pk: int, issued_at: datetime) -> Ending | None:
    invitation = Invitation.objects.select_related("user").filter(pk=pk).first()
    if invitation is None or not invitation.user.is_active:
        return Ending.WITHDRAWN
    if invitation.accepted_at is not None:
        return Ending.FULFILLED
    held = Tenure.objects.of(invitation.user).not_ended(today())
    return None if held.exists() else Ending.WITHDRAWN


INVITATION = LinkPurpose(
    code="invitation",
    title="職員の招待",
    page="portal:invitation",
    reader="職員名簿にあるアドレス",
    span="14日",
    ends="パスワードを決めたとき、招待し直したとき、離任したとき、または期限",
    may="招待された職員のはじめのパスワードを、1回決める(ログインはしない)",
    ending=_ending_of_invitation,
)
SIGN_IN = StandingAddress(
    page="account_login",
    title="パスワードのある職員への着任のお知らせ",
    reason="職員の仕事の入口",
    may="だれでも開けるログインのページが開くだけ",
)
