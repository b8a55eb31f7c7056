"""会議と宿題の住所."""

from django.urls import path

from todoke.board.views import commitments, meetings, reader_versions, suggestion_judgements

urlpatterns = [
    path("meetings/", meetings.index, name="meetings"),
    path("meetings/plan/", meetings.plan, name="meetings-plan"),
    path("meetings/learning/", reader_versions.show, name="reader-learning"),
    path("meetings/learning/rows/", reader_versions.rows, name="reader-learning-rows"),
    path("meetings/learning/trial/", reader_versions.trial, name="reader-learning-trial"),
    path("meetings/learning/adoption/", reader_versions.adoption, name="reader-learning-adoption"),
    path("meetings/learning/withdrawal/", reader_versions.withdrawal, name="reader-learning-withdrawal"),
    path("meetings/<slug:code>/", meetings.show, name="meeting"),
    path("meetings/<slug:code>/agenda/", meetings.agenda, name="meeting-agenda"),
    path("meetings/<slug:code>/documents/", meetings.documents, name="meeting-documents"),
    path("meetings/<slug:code>/documents/<str:number>/", meetings.paper, name="meeting-document"),
    path("meetings/<slug:code>/attendance/", meetings.attendance, name="meeting-attendance"),
    path("meetings/<slug:code>/addition/", suggestion_judgements.addition, name="meeting-addition"),
    path("meetings/<slug:code>/minutes/", meetings.minutes, name="meeting-minutes"),
    path("meetings/<slug:code>/transcript/", meetings.transcript, name="transcript"),
    path("meetings/<slug:code>/confirmation/", meetings.confirmation, name="meeting-confirmation"),
    path("meetings/<slug:code>/schedule/", suggestion_judgements.schedule, name="meeting-schedule"),
    path("meetings/<slug:code>/suggestions/", meetings.suggestions, name="suggestions"),
    path(
        "meetings/<slug:code>/suggestions/judgements/", suggestion_judgements.judgements, name="suggestion-judgements"
    ),
    path(
        "meetings/<slug:code>/suggestions/<serial:number>/acceptance/",
        meetings.acceptance,
        name="suggestion-acceptance",
    ),
    path("meetings/<slug:code>/suggestions/<serial:number>/passing/", meetings.passing, name="suggestion-passing"),
    path("commitments/", commitments.index, name="commitments"),
    path("commitments/sheet/", commitments.sheet, name="commitments-sheet"),
    path("commitments/<str:number>/", commitments.show, name="commitment"),
    path("commitments/<str:number>/answer/", commitments.answer, name="commitment-answer"),
    path("commitments/<str:number>/fulfilment/", commitments.fulfilment, name="commitment-fulfilment"),
    path("commitments/<str:number>/return/", commitments.giving_back, name="commitment-return"),
    path("commitments/<str:number>/move/", commitments.move, name="commitment-move"),
    path("commitments/<str:number>/drop/", commitments.drop, name="commitment-drop"),
]
