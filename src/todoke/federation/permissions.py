"""Permissions 権限: identifying residents."""

from todoke.organization.models import Post
from todoke.organization.permissions import Permission

RECORD_IDENTITY_CHECK = Permission(
    "申請者の本人確認を記録する",
    everywhere=(Post.Role.CLERK, Post.Role.CHIEF, Post.Role.DIRECTOR, Post.Role.MAYOR),
)
