"""Permissions 権限: selection rounds of a department, their directives, and the rules of points."""

from todoke.organization.models import Post
from todoke.organization.permissions import Permission

RUN_SELECTION = Permission(
    "利用調整の選考を進める(施設・募集枠・申込児童・点検・試算・起案・通知)",
    within=(Post.Role.CLERK, Post.Role.CHIEF),
    below=(Post.Role.DIRECTOR,),
)
HANDLE_DIRECTIVES = Permission(
    "配慮を要する家庭の指示を書き、読み、承認する", within=(Post.Role.CHIEF,), below=(Post.Role.DIRECTOR,)
)
WRITE_RULES = Permission(
    "利用調整の基準の版を書き、確かめて公開する",
    everywhere=(Post.Role.DESIGNER,),
    within=(Post.Role.CLERK, Post.Role.CHIEF),
)
