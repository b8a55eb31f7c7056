"""Permissions 権限: figures from other systems."""

from todoke.organization.models import Post
from todoke.organization.permissions import Permission

IMPORT_CHANNEL_COUNTS = Permission(
    "窓口・端末の件数を取り込む", everywhere=(Post.Role.HEADQUARTERS, Post.Role.TREASURER)
)
