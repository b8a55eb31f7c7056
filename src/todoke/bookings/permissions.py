"""Permissions 権限: bookings of a department's rooms and desks; an operator is a department of its own."""

from todoke.organization.models import Post
from todoke.organization.permissions import Permission

MANAGE_BOOKINGS = Permission(
    "施設と窓口の予約を受け、変え、来た人を確かめる",
    within=(Post.Role.CLERK, Post.Role.CHIEF),
    below=(Post.Role.DIRECTOR,),
)
SUSPEND_REGISTRANTS = Permission(
    "施設の利用を制限し、制限を解く", within=(Post.Role.CHIEF,), below=(Post.Role.DIRECTOR,)
)
WRITE_USE_RULES = Permission(
    "施設の利用規則を書き、確かめて公開する",
    everywhere=(Post.Role.DESIGNER,),
    within=(Post.Role.CLERK, Post.Role.CHIEF),
)
RUN_LOTTERIES = Permission(
    "抽選を公告し、締め切り、引く", within=(Post.Role.CLERK, Post.Role.CHIEF), below=(Post.Role.DIRECTOR,)
)
