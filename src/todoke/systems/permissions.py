"""Permissions 権限: the register of systems, changes and incidents, and the devices that are lent."""

from todoke.organization.models import Post
from todoke.organization.permissions import EVERY_ROLE, Permission

EDIT_REGISTER = Permission(
    "情報システムの台帳と変更を書く", everywhere=(Post.Role.HEADQUARTERS, Post.Role.ADMINISTRATOR)
)
SUBMIT_EVALUATION = Permission("情報システムの年次評価を出す", within=EVERY_ROLE)
HANDLE_INCIDENT = Permission("障害を記録し、知らせる", everywhere=(Post.Role.HEADQUARTERS, Post.Role.ADMINISTRATOR))
MANAGE_DEVICES = Permission("機器を登録し、貸し出し、返却を確かめ、棚卸する", everywhere=(Post.Role.ADMINISTRATOR,))
READ_DEVICES = Permission(
    "機器の台帳と貸出を見る",
    everywhere=(Post.Role.HEADQUARTERS, Post.Role.AUDITOR, Post.Role.ADMINISTRATOR),
    within=(Post.Role.CHIEF,),
    below=(Post.Role.DIRECTOR,),
)
PROPOSE_AUTOMATION = Permission("自動化を申請し、測り、入力の形を登録し、実行を記録する", within=EVERY_ROLE)
START_AUTOMATION = Permission("自動化の試行と稼働を認める", within=(Post.Role.CHIEF,), below=(Post.Role.DIRECTOR,))
REVIEW_AUTOMATION = Permission("自動化を見直し、止める", everywhere=(Post.Role.HEADQUARTERS, Post.Role.ADMINISTRATOR))
