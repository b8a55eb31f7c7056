"""Permissions 権限: meetings and what was promised in them."""

from todoke.organization.models import Post
from todoke.organization.permissions import EVERY_ROLE, Permission

PREPARE_MEETING = Permission("会議の次第と議事録を整える", everywhere=(Post.Role.HEADQUARTERS,))
TAKE_CLOSED_DOCUMENT = Permission(
    "公開しない会議資料を取り出す",
    everywhere=(Post.Role.HEADQUARTERS, Post.Role.AUDITOR),
    source="監査: 地方自治法199条",
)
CLOSE_COMMITMENT = Permission("宿題を書き、完了・延期・取下げにする", everywhere=(Post.Role.HEADQUARTERS,))
ANSWER_COMMITMENT = Permission("宿題に回答する", within=EVERY_ROLE, above=EVERY_ROLE)
