"""Permissions 権限: files for people outside the office, and how a section is told of its work."""

from todoke.organization.models import Post
from todoke.organization.permissions import EVERY_ROLE, Permission

SHARE_FILE = Permission("ファイルを渡す", within=EVERY_ROLE)
SET_MAILBOX = Permission(
    "部署のメールボックスを決める", within=(Post.Role.CHIEF, Post.Role.DIRECTOR), below=(Post.Role.DIRECTOR,)
)
EDIT_NOTICE_TEXTS = Permission("通知の文面を決める", everywhere=(Post.Role.HEADQUARTERS, Post.Role.ADMINISTRATOR))
POST_TO_CHANNEL = Permission("LINEに公表の文を掲出し、確かめる", within=EVERY_ROLE)
SWITCH_CHANNEL = Permission("LINEの使用を始め、止める", everywhere=(Post.Role.HEADQUARTERS,))
