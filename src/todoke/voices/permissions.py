"""Permissions 権限: public comments and ideas of a department, and the proposals of its staff."""

from todoke.organization.models import Post
from todoke.organization.permissions import EVERY_ROLE, Permission

RUN_CONSULTATION = Permission(
    "意見募集を進める(公示・受付・黒塗り・まとめ・区の考え方・結果の公表)",
    within=(Post.Role.CLERK, Post.Role.CHIEF),
    below=(Post.Role.DIRECTOR,),
)
WRITE_CONSULTATION_RULE = Permission("意見募集の根拠を登録する", everywhere=(Post.Role.RECORDS,))
MODERATE_IDEA = Permission(
    "お題を出し、投稿を確認して回答する", within=(Post.Role.CLERK, Post.Role.CHIEF), below=(Post.Role.DIRECTOR,)
)
MAKE_STAFF_PROPOSAL = Permission("職員提案を出す", everywhere=EVERY_ROLE)
RUN_PROPOSAL_CALL = Permission("職員提案を募集し、審査にかける", everywhere=(Post.Role.HEADQUARTERS,))
STATE_SECTION_VIEW = Permission("職員提案に所管の意見を書く", within=(Post.Role.CHIEF,), below=(Post.Role.DIRECTOR,))
LINK_VOICE = Permission("声と計画・約束・指標をつなぐ", everywhere=(Post.Role.HEADQUARTERS,))
