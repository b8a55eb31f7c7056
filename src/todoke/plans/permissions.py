"""Permissions 権限: plans, indicators and peers."""

from todoke.organization.models import Post
from todoke.organization.permissions import EVERY_ROLE, Permission

EDIT_PLANS = Permission("計画・指標・他団体の値を書く", everywhere=(Post.Role.HEADQUARTERS,))
REPORT_PAPER = Permission("紙の使用量を報告する", everywhere=(Post.Role.HEADQUARTERS,), within=EVERY_ROLE)
