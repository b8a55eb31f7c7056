"""Permissions 権限: what can be applied for online."""

from todoke.organization.models import Post
from todoke.organization.permissions import Permission

MANAGE_OFFER = Permission("オンライン受付を開き、閉じる", everywhere=(Post.Role.DESIGNER,), within=(Post.Role.CHIEF,))
