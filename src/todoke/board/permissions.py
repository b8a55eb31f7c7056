"""Permissions 権限: the pages for headquarters and the council; the public ones need no post."""

from todoke.organization.permissions import EVERY_ROLE, Permission

OPEN_BOARD = Permission("推進本部のページを開く", everywhere=EVERY_ROLE)
ENTRANCES = {"board": OPEN_BOARD}
