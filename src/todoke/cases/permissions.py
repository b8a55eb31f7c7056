"""Permissions 権限: the applications of a department."""

from todoke.organization.models import Post
from todoke.organization.permissions import Permission

PROCESS_CASES = Permission(
    "案件を扱う(受付・審査・処分案・通知・やりとり・支援措置)",
    within=(Post.Role.CLERK, Post.Role.CHIEF, Post.Role.DIRECTOR, Post.Role.MAYOR),
    below=(Post.Role.DIRECTOR,),
)
