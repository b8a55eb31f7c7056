"""Permissions 権限: the register of systems, changes and incidents."""

from todoke.organization.models import Post
from todoke.organization.permissions import EVERY_ROLE, Permission

EDIT_REGISTER = Permission(
    "情報システムの台帳と変更を書く", everywhere=(Post.Role.HEADQUARTERS, Post.Role.ADMINISTRATOR)
)
SUBMIT_EVALUATION = Permission("情報システムの年次評価を出す", within=EVERY_ROLE)
HANDLE_INCIDENT = Permission("障害を記録し、知らせる", everywhere=(Post.Role.HEADQUARTERS, Post.Role.ADMINISTRATOR))
