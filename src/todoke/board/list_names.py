"""The lists of this face by name 一覧の名簿, whose views people may save."""

from todoke.board.automations.automation_lists import AutomationList, MissedRunList
from todoke.board.evidence.dataset_list import DatasetList
from todoke.board.evidence.study_list import StudyList
from todoke.board.evidence.table_list import TableList
from todoke.board.meeting_lists import CommitmentList, MeetingList, PlanList
from todoke.board.peer_list import PeerList
from todoke.board.rate_lists import CashlessList, CompletenessList, RateList
from todoke.board.roadmap_lists import RoadmapItemList, RoadmapList
from todoke.board.staff_work.staff_work_lists import SectionMemberList, TrialList
from todoke.board.standard_task_list import StandardTaskList
from todoke.board.subscriptions.subscription_list import SubscriptionList
from todoke.board.system_lists import ChangeList, IncidentList, IncidentNoticeList, SystemList
from todoke.lists.saved_views import by_name

FIGURES = by_name(CashlessList, CompletenessList, PeerList, RateList, RoadmapItemList, RoadmapList)
LISTS = FIGURES | by_name(
    AutomationList,
    ChangeList,
    CommitmentList,
    DatasetList,
    IncidentList,
    IncidentNoticeList,
    MeetingList,
    MissedRunList,
    PlanList,
    SectionMemberList,
    StandardTaskList,
    StudyList,
    SubscriptionList,
    TableList,
    SystemList,
    TrialList,
)
