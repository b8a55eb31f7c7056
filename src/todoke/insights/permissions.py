"""Permissions 権限: figures from other systems, and studies of what a measure changed."""

from todoke.organization.models import Post
from todoke.organization.permissions import EVERY_ROLE, Permission

IMPORT_CHANNEL_COUNTS = Permission(
    "窓口・端末の件数を取り込む", everywhere=(Post.Role.HEADQUARTERS, Post.Role.TREASURER)
)
ASK_STUDY = Permission("検証を相談し、申し込む", everywhere=(Post.Role.HEADQUARTERS,), within=EVERY_ROLE)
RUN_STUDIES = Permission("検証を引き受け、計画を確定し、計算と結論を記録する", everywhere=(Post.Role.HEADQUARTERS,))
KEEP_TABLE = Permission("集計表を取り込み、図をつくり、共有する", within=EVERY_ROLE)
KEEP_DATASET = Permission(
    "データセットを登録し、公開するファイルを検査し、直す", everywhere=(Post.Role.HEADQUARTERS,), within=EVERY_ROLE
)
PUBLISH_DATA = Permission(
    "オープンデータを承認し、公開する",
    everywhere=(Post.Role.HEADQUARTERS,),
    within=(Post.Role.CHIEF, Post.Role.DIRECTOR),
)
