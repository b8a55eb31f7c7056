"""Permissions 権限: files of records and their classification."""

from todoke.organization.models import Post
from todoke.organization.permissions import EVERY_ROLE, Permission

SEE_FILES = Permission(
    "公文書ファイルを見る", everywhere=(Post.Role.AUDITOR,), within=EVERY_ROLE, source="監査: 地方自治法199条"
)
KEEP_FILES = Permission("公文書ファイルを管理する(廃棄停止・保存期間・不開示・廃棄)", within=EVERY_ROLE)
SHORTEN_PERMANENT = Permission("永年保存を30年保存に改める", everywhere=(Post.Role.DIRECTOR, Post.Role.MAYOR))
EDIT_CLASSIFICATION = Permission(
    "文書分類表の案を書き、公開する", everywhere=(Post.Role.HEADQUARTERS, Post.Role.RECORDS)
)
