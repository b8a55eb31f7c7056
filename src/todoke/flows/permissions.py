"""Permissions 権限: the flows of work of an office."""

from todoke.organization.models import Post
from todoke.organization.permissions import EVERY_ROLE, Permission

EDIT_FLOW = Permission(
    "業務フローを描き、調べる", everywhere=(Post.Role.DESIGNER, Post.Role.HEADQUARTERS), within=EVERY_ROLE
)
WALK_SURVEY = Permission("窓口体験調査を行い、課題にする", everywhere=(Post.Role.DESIGNER, Post.Role.HEADQUARTERS))
