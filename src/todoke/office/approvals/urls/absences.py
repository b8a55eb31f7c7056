"""/office/absences/: absences, delegations and deputies."""

from django.urls import path

from todoke.office.approvals.views import absences

urlpatterns = [
    path("", absences.index, name="absences"),
    path("list/", absences.absence_list, name="absence-list"),
    path("delegations/", absences.delegation_list, name="delegation-list"),
    path("deputies/", absences.deputy_list, name="deputy-list"),
    path("announcement/", absences.announcement, name="absence-announcement"),
    path("<day:day>/return/", absences.return_, name="absence-return"),
    path("delegation/", absences.delegation, name="absence-delegation"),
    path("revocation/", absences.revocation, name="absence-revocation"),
    path("deputy/", absences.deputy, name="absence-deputy"),
    path("dismissal/", absences.dismissal, name="absence-dismissal"),
]
