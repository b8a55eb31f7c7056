"""The twenty standardised tasks 標準化対象事務 (地方公共団体情報システムの標準化に関する法律第二条第一項の政令)."""

from todoke.systems.models import StandardTask

TASKS = (
    "児童手当", "子ども・子育て支援", "住民基本台帳", "戸籍の附票", "印鑑登録", "選挙人名簿管理",
    "固定資産税", "個人住民税", "法人住民税",
    "軽自動車税", "戸籍", "就学", "健康管理", "児童扶養手当", "生活保護", "障害者福祉",
    "介護保険", "国民健康保険", "後期高齢者医療", "国民年金",
)  # fmt: skip
NOT_IN_A_WARD = {
    "固定資産税": "特別区の区域では、固定資産税は東京都が課税するため",
    "法人住民税": "特別区の区域では、法人住民税は東京都が課税するため",
}


def create_all(years: dict[str, int], *, is_ward: bool) -> list[StandardTask]:
    """Create the twenty tasks with their target years; a ward omits the two taxes of the metropolis."""
    found = []
    for number, name in enumerate(TASKS, 1):
        reason = NOT_IN_A_WARD.get(name, "") if is_ward else ""
        stage = StandardTask.Stage.NOT_APPLICABLE if reason else StandardTask.Stage.PLANNED
        year = None if reason else years.get(name)
        found.append(
            StandardTask(number=number, name=name, stage=stage, not_applicable_reason=reason, planned_year=year)
        )
    return StandardTask.objects.bulk_create(found)
