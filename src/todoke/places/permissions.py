"""Permissions 権限: how full shelters and counters are, and when places are closed."""

from todoke.organization.models import Post
from todoke.organization.permissions import Permission

REPORT_CROWDING = Permission(
    "避難所や窓口の混雑を報告し、開閉する",
    everywhere=(Post.Role.HEADQUARTERS,),
    within=(Post.Role.CLERK, Post.Role.CHIEF),
    below=(Post.Role.DIRECTOR,),
)
DECLARE_CLOSURE = Permission(
    "臨時休館を決め、取り消す",
    everywhere=(Post.Role.HEADQUARTERS,),
    within=(Post.Role.CLERK, Post.Role.CHIEF),
    below=(Post.Role.DIRECTOR,),
)
