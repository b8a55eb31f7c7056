"""Mailed links of cases (送ったリンク): going on with a draft, the yearly reconfirmation, and pages that stay."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from todoke.cases.models import Draft, Reconfirmation
from todoke.japanese.calendar import start_of_day
from todoke.notices.link_purpose import Ending, LinkPurpose, StandingAddress

DRAFT_SPAN = timedelta(days=30)
AFTER_DUE, AT_LEAST = timedelta(days=31), timedelta(days=30)


def until_answered(due_on: date) -> datetime:
    """Return until when a link to a reconfirmation lives: 30 days after it is due, and 30 days from now at least."""
    return max(start_of_day(due_on + AFTER_DUE), timezone.now() + AT_LEAST)


def _ending_of_draft(pk: int, issued_at: datetime) -> Ending | None:
    draft = Draft.objects.filter(pk=pk).first()
    if draft is None:
        return Ending.WITHDRAWN
    return Ending.FULFILLED if draft.sent_at is not None else None


def _ending_of_reconfirmation(pk: int, issued_at: datetime) -> Ending | None:
    asked = Reconfirmation.objects.filter(pk=pk).first()
    if asked is None:
        return Ending.WITHDRAWN
    return Ending.FULFILLED if asked.answer_id is not None else None


DRAFT = LinkPurpose(
    code="draft",
    title="続きのリンク",
    page="portal:resume",
    reader="申請する人が画面で入力したアドレス",
    span="30日",
    ends="申請を送ったとき、下書きがなくなったとき、または期限",
    may="送る前の下書き1件を、押した端末で開いて続ける。アカウントの下書きは、その人のログインも要る。送った後の申請は開かない",
    ending=_ending_of_draft,
)
RECONFIRMATION = LinkPurpose(
    code="reconfirmation",
    title="現況届のお願い",
    page="portal:reconfirmation",
    reader="もとの申請の申請者のアドレス",
    span="提出期限の後30日まで(催促は、送った日から30日以上)",
    ends="現況届を受け付けたとき、もとの申請のアドレスが変わったとき、または期限",
    may="その現況届1件を、押して届け出るか、前の内容を直して届け出る。アカウントの申請は、その人のログインも要る",
    ending=_ending_of_reconfirmation,
)

CASE_PAGE = StandingAddress(
    page="portal:case",
    title="受付・補正・審査結果・連絡のお知らせ",
    reason="受付番号の控えになり、審査が終わった後も状況を見るときに使う",
    may="何も開かない。ログインか、受付番号とメールの確認番号(15分・5回まで)を求める",
)
PAYMENT_PAGE = StandingAddress(
    page="portal:payment",
    title="納付・二重の納付・あらためての納付のお知らせ",
    reason="領収の控えになり、納めた後も領収書を出すときに使う。家族などほかの人も納められる",
    may="1件の手数料の名称・金額・納付の状況を見る、納める、納付書と領収書を出す。申請の内容は出ない",
)
STAFF_CASE = StandingAddress(
    page="office:case",
    title="申請者からの連絡(職員あて)",
    reason="職員の仕事の入口",
    may="何も開かない。職員のログインと権限を求める",
)
STAFF_OPINION = StandingAddress(
    page="office:opinion",
    title="意見照会(職員あて)",
    reason="職員の仕事の入口",
    may="何も開かない。職員のログインと権限を求める",
)
STAFF_PROPOSAL = StandingAddress(
    page="office:proposal",
    title="決裁(職員あて)",
    reason="職員の仕事の入口",
    may="何も開かない。職員のログインと権限を求める",
)
STAFF_INBOX = StandingAddress(
    page="office:inbox",
    title="新しい申請などの知らせ(職員あて)",
    reason="職員の仕事の入口",
    may="何も開かない。職員のログインと権限を求める",
)
STAFF_NOTICE_SETTINGS = StandingAddress(
    page="office:notice-settings",
    title="知らせ方の設定(職員あて)",
    reason="知らせのメールを止めたり、時刻を変えたりする入口",
    may="何も開かない。職員のログインと権限を求める",
)
