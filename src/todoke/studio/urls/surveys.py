"""窓口体験調査の住所。"""

from django.urls import path

from todoke.studio.views import procedure_links, surveys

urlpatterns = [
    path("surveys/", surveys.index, name="surveys"),
    path("surveys/addition/", surveys.addition, name="survey-addition"),
    path("surveys/improvements/", surveys.improvements, name="improvements"),
    path("surveys/<slug:number>/", surveys.show, name="survey"),
    path("surveys/<slug:number>/procedure/", procedure_links.survey, name="survey-procedure"),
    path("surveys/<slug:number>/steps/", surveys.step, name="survey-step"),
    path("surveys/<slug:number>/repeat/", surveys.repeat, name="survey-repeat"),
    path("surveys/<slug:number>/steps/<serial:place>/issue/", surveys.issue, name="survey-issue"),
    path("surveys/<slug:number>/steps/<serial:place>/photo/", surveys.photo, name="survey-photo"),
    path("surveys/<slug:number>/issues/<slug:issue>/settlement/", surveys.settlement, name="survey-settlement"),
]
