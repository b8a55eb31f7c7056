"""Permissions 権限: how the municipality looks, and the steps before it opens."""

from todoke.organization.models import Post
from todoke.organization.permissions import Permission

EDIT_APPEARANCE = Permission(
    "自治体の表示(名前・ロゴ・色・フッター)を決める", everywhere=(Post.Role.HEADQUARTERS, Post.Role.ADMINISTRATOR)
)
SEE_PREPARATION = Permission("開設の準備を見る", everywhere=(Post.Role.HEADQUARTERS, Post.Role.ADMINISTRATOR))
