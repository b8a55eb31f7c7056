"""Mailed links of the notices and accounts (送ったリンク): a file, a new password, a confirmed address."""

from datetime import datetime

from allauth.account.models import EmailAddress

from todoke.accounts.models import User
from todoke.notices.link_purpose import Ending, LinkPurpose, StandingAddress
from todoke.notices.models.file_link import FileLink


def _ending_of_file(pk: int, issued_at: datetime) -> Ending | None:
    link = FileLink.objects.filter(pk=pk).first()
    if link is None or link.revoked_at is not None:
        return Ending.WITHDRAWN
    return None if FileLink.objects.open().filter(pk=pk).exists() else Ending.EXPIRED


def _ending_of_password(pk: int, issued_at: datetime) -> Ending | None:
    """A sign-in since then shows that the person needs no new password; a new one ends the link by itself."""
    user = User.objects.filter(pk=pk, is_active=True).first()
    if user is None:
        return Ending.WITHDRAWN
    return Ending.FULFILLED if user.last_login is not None and user.last_login > issued_at else None


def _ending_of_address(pk: int, issued_at: datetime) -> Ending | None:
    address = EmailAddress.objects.filter(pk=pk, user__is_active=True).first()
    if address is None:
        return Ending.WITHDRAWN
    return Ending.FULFILLED if address.verified else None


FILE = LinkPurpose(
    code="file",
    title="ファイルの受け渡し",
    page="portal:file",
    reader="職員が名指しした相手のアドレス",
    span="職員が選んだ日数(30日まで)",
    ends="職員が取り消したとき、または期限",
    may="そのファイル1つを、押して受け取る(何度でも。受け取りは1回ずつ記録される)",
    ending=_ending_of_file,
)
PASSWORD = LinkPurpose(
    code="password",
    title="新しいパスワード",
    page="account_reset_password_from_key",
    reader="アカウントに登録したアドレス",
    span="24時間",
    ends="パスワードを決めたとき、ログインしたとき、アカウントを止めたとき、または期限",
    may="そのアカウントのパスワードを、1回決める(二つ目の認証はなくならない)",
    ending=_ending_of_password,
)
ADDRESS = LinkPurpose(
    code="address",
    title="メールアドレスの確認",
    page="portal:address-confirmation",
    reader="アカウントに登録したアドレス",
    span="3日",
    ends="アドレスを確かめたとき、アドレスを消したとき、または期限",
    may="そのアドレスが届くことを、1回確かめる(ログインはしない)",
    ending=_ending_of_address,
)
FORGOTTEN = StandingAddress(
    page="account_reset_password",
    title="ログインの設定が変わったお知らせ",
    reason="覚えのない変更に、後から気づいたときも使えるようにする",
    may="だれでも開ける「パスワードを忘れたとき」のページが開くだけ",
)
SIGN_UP = StandingAddress(
    page="account_signup",
    title="登録のないアドレスで求められたときのメール",
    reason="登録のしかたを、後からでも見られるようにする",
    may="だれでも開ける登録のページが開くだけ",
)
