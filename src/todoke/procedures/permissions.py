"""Permissions 権限: the inventory of procedures."""

from todoke.organization.models import Post
from todoke.organization.permissions import EVERY_ROLE, Permission

EDIT_PROCEDURE = Permission(
    "手続の台帳と区の判断を直す", everywhere=(Post.Role.HEADQUARTERS, Post.Role.DESIGNER), within=EVERY_ROLE
)
IMPORT_PROCEDURES = Permission("手続の台帳に取り込む", everywhere=(Post.Role.HEADQUARTERS, Post.Role.DESIGNER))
FIND_DUPLICATES = Permission("手続の重複の候補を探す", everywhere=(Post.Role.HEADQUARTERS,))
LIST_PROCEDURE = Permission(
    "台帳に手続を加え、登録の依頼に答える", everywhere=(Post.Role.HEADQUARTERS, Post.Role.DESIGNER)
)
REQUEST_LISTING = Permission(
    "台帳への手続の登録を依頼する", everywhere=(Post.Role.HEADQUARTERS, Post.Role.DESIGNER), within=EVERY_ROLE
)
