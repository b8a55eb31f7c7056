"""The cast of meetings: a body, its meeting, the people of the secretariat."""

from datetime import date

from tests import cast
from todoke.accounts.models import User
from todoke.meetings.minutes.commitment_candidates import CommitmentCandidate
from todoke.meetings.minutes.loader import comparison_key
from todoke.meetings.models import Body, Commitment, Meeting
from todoke.organization.models import Department, Post

MINUTES = """令和8年度第1回 DX推進本部 会議録
日時 令和8年5月12日(火) 10:00~11:00
出席者 本部長、部員、事務局

1 オンライン化の進捗について

事務局 資料1に基づき説明いたします。申請の一覧は今月末までに作成します。
部員 率の分母の時点を書いた資料を、次回の本部で示していただきたいと思います。
本部長 電子契約の導入は、案のとおり決定します。
本部長 手数料の見直しは、継続審議とします。
"""


def secretary() -> User:
    section = cast.department("DX推進課", "1200")
    return cast.staff("吉田 事務局", "dx@example.lg.jp", Post.Role.HEADQUARTERS, section)


def body() -> Body:
    return Body.objects.create(code="dx", name="DX推進本部")


def meeting(by: User, on: date = date(2026, 5, 12)) -> Meeting:
    return Meeting.plan(body=Body.objects.first() or body(), held_on=on, by=by)


def commitment(by: User, section: Department | None = None, due: date | None = None) -> Commitment:
    section = section or cast.department()
    return Commitment.create(meeting=meeting(by), what="申請の一覧を作成する", department=section, due=due, by=by)


def agrees(row: list[str], each: CommitmentCandidate) -> bool:
    return (
        row[1] == each.kind
        and each.line - 1 <= int(row[0]) <= each.last_line + 1
        and comparison_key(row[6]) in comparison_key(each.quote)
    )
