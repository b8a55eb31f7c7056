"""The lists of this face by name 一覧の名簿, whose views people may save."""

from todoke.lists.saved_views import by_name
from todoke.studio.flow_lists import FlowList, SurveyList
from todoke.studio.form_lists import FormDraftList, OfferList

LISTS = by_name(FlowList, FormDraftList, OfferList, SurveyList)
