"""Permissions 権限: what people took away, and who may read of it."""

from todoke.organization.models import Post
from todoke.organization.permissions import Permission

SEE_EXPORTS = Permission(
    "持出し記録を見る",
    everywhere=(Post.Role.RECORDS, Post.Role.AUDITOR, Post.Role.ADMINISTRATOR),
    source="監査: 地方自治法199条",
)
