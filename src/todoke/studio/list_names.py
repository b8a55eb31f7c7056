"""The lists of this face by name 一覧の名簿, whose views people may save."""

from todoke.lists.saved_views import by_name
from todoke.studio.flow_lists import FlowList, ImprovementList, SurveyList
from todoke.studio.form_lists import FormDraftList, FormVersionList, OfferList
from todoke.studio.scans.scan_template_list import ScanTemplateList
from todoke.studio.vocabulary_lists import PlainNameList, ReferralList, SynonymList

LISTS = by_name(
    FlowList, FormDraftList, FormVersionList, ImprovementList, OfferList, PlainNameList, ReferralList,
    ScanTemplateList, SurveyList, SynonymList,
)  # fmt: skip
