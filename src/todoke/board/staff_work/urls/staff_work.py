"""Addresses of promotion members and telework trials."""

from django.urls import path

from todoke.board.staff_work.views import members, telework

MEMBERS, TRIAL = "members/<slug:code>/", "telework/<slug:code>/"

urlpatterns = [
    path("members/", members.index, name="members"),
    path(MEMBERS, members.section, name="section-members"),
    path(f"{MEMBERS}nomination/", members.nomination, name="section-members-nomination"),
    path(f"{MEMBERS}<slug:token>/handover/", members.handover, name="section-members-handover"),
    path(f"{MEMBERS}handovers/<slug:token>/acceptance/", members.acceptance, name="section-members-acceptance"),
    path("telework/", telework.index, name="telework"),
    path("telework/beginning/", telework.beginning, name="telework-beginning"),
    path("telework/rule/", telework.rule, name="telework-rule"),
    path(TRIAL, telework.trial, name="telework-trial"),
    path(f"{TRIAL}membership/", telework.membership, name="telework-trial-membership"),
    path(f"{TRIAL}comment/", telework.comment, name="telework-trial-comment"),
]
