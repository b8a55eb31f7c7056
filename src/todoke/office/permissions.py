"""Permissions 権限: the pages for staff who process applications."""

from todoke.organization.permissions import EVERY_ROLE, Permission

OPEN_OFFICE = Permission("職員のページを開く", everywhere=EVERY_ROLE)
ENTRANCES = {"office": OPEN_OFFICE}
