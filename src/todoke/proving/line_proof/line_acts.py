"""LINE acts LINE検証の行い: the posts and personal texts of the proof, made inside its own installation."""

from collections import Counter

from todoke.accounts.models import User
from todoke.guidance.line_replies import REPLY
from todoke.guidance.models import Inquiry
from todoke.jobs.models import Job
from todoke.notices.models import ChannelEvent, ChannelPost, ChannelSwitch
from todoke.proving.service import CLERK, KEEPER

PLANTED = (
    "山田花子様の個人番号は1234 5678 9018です。", "番号は１２３４５６７８９０１８です。", "マイナンバー 123456789018",
    "090-1234-5678に折り返します。", "携帯は０９０１２３４５６７８です。", "連絡先:080 1234 5678", "07012345678まで",
    "+81 90-1234-5678 まで", "hanako.yamada@example.jp に送りました。", "ｔａｒｏ＠ｅｘａｍｐｌｅ．ｊｐへ",
    "受付番号 2026-1234567-K を受け付けました。", "20261234567Kの審査が終わりました。", "4111 1111 1111 1111 で支払",
    "4111-1111-1111-1111を止めました。", "山田花子さん(本町二丁目16番32号)の児童手当", "佐藤一郎様 本町2-16-32 納付を",
    "高橋健さん(平成2年4月5日生)の転入", "生年月日1985年3月2日の鈴木明美さん", "氏名:田中 健 様", "申請者: 渡辺優",
)  # fmt: skip
"""Twenty texts that point to invented people."""


def prepare(posts: int) -> None:
    """Open the channel and queue the posts; the personal texts are held or, past the check, stopped at the door."""
    opener, writer = (User.objects.get(email=email) for email in (KEEPER, CLERK))
    ChannelSwitch.turn_on("R8-0001", by=opener)
    for number in range(posts):
        ChannelPost.post(f"お知らせ {number:04}", by=writer)
    for text in PLANTED:
        section = ChannelPost.post(text, by=writer).department
        past = ChannelPost.objects.create(department=section, text=text, status="queued", drafted_by=writer)
        past.queue()


def waiting() -> int:
    """Return how many posts and replies wait to be sent."""
    replies = Job.objects.filter(task=REPLY, status__in=[Job.Status.WAITING, Job.Status.RUNNING])
    return ChannelPost.objects.filter(status=ChannelPost.Status.QUEUED).count() + replies.count()


def handled() -> dict[str, int]:
    """Return how many events were counted, questions kept and replies queued, and how many more than once."""
    queued = Counter(str(args[1]) for args in Job.objects.filter(task=REPLY).values_list("args", flat=True))
    return {
        "events": ChannelEvent.objects.count(),
        "questions": Inquiry.objects.filter(channel=Inquiry.Channel.LINE).count(),
        "replies": len(queued),
        "twice": sum(number > 1 for number in queued.values()),
    }
