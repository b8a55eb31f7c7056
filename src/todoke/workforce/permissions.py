"""Permissions 権限: the work of staff: chiefs approve, personnel close; nobody decides on themselves."""

from todoke.organization.models import Post
from todoke.organization.permissions import Permission

APPROVE_ATTENDANCE = Permission(
    "月の勤怠、打刻の訂正、時間外命令、休暇を承認する(自分の分を除く)",
    within=(Post.Role.CHIEF,),
    below=(Post.Role.DIRECTOR,),
)
ORDER_BEYOND_LIMITS = Permission(
    "特例業務・特別条項により、上限を超える時間外勤務を命じる",
    within=(Post.Role.DIRECTOR,),
    below=(Post.Role.DIRECTOR,),
)
CLOSE_ATTENDANCE = Permission(
    "全庁の勤怠を見て、勤務時間・上限・割増の定めを登録し、月を締め、再開する", everywhere=(Post.Role.PERSONNEL,)
)
APPROVE_TELEWORK = Permission(
    "テレワーク日を承認する(自分の分を除く)", within=(Post.Role.CHIEF,), below=(Post.Role.DIRECTOR,)
)
KEEP_TELEWORK = Permission(
    "テレワークの実証と定めを登録し、全庁の利用と適性を見る",
    everywhere=(Post.Role.HEADQUARTERS, Post.Role.PERSONNEL),
)
DESCRIBE_TASKS = Permission(
    "部署の業務と、テレワークの妨げを書き出す",
    everywhere=(Post.Role.HEADQUARTERS,),
    within=(Post.Role.CLERK, Post.Role.CHIEF),
)
NOMINATE_MEMBERS = Permission(
    "デジタル化推進委員(職員)を推薦する",
    everywhere=(Post.Role.HEADQUARTERS,),
    within=(Post.Role.CHIEF,),
    below=(Post.Role.DIRECTOR,),
)
KEEP_COURSES = Permission("職員の研修を開き、出席を付ける", everywhere=(Post.Role.HEADQUARTERS, Post.Role.PERSONNEL))
KEEP_HELP_DESK = Permission(
    "スマホよろず相談を開き、相談と協力者を記録する",
    everywhere=(Post.Role.HEADQUARTERS,),
    within=(Post.Role.CLERK, Post.Role.CHIEF),
)
