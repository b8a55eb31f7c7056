"""Permissions 権限: news for residents."""

from todoke.organization.permissions import EVERY_ROLE, Permission

SEND_BROADCAST = Permission("暮らしの出来事のお知らせを送る", within=EVERY_ROLE)
