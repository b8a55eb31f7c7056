"""Permissions 権限: files for people outside the office."""

from todoke.organization.permissions import EVERY_ROLE, Permission

SHARE_FILE = Permission("ファイルを渡す", within=EVERY_ROLE)
