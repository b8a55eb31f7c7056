"""記録の分析の住所。"""

from django.urls import path

from todoke.studio.views import calculations, event_logs

urlpatterns = [
    path("calculations/<str:token>/", calculations.show, name="calculation"),
    path("calculations/<str:token>/cancellation/", calculations.cancellation, name="calculation-cancellation"),
    path("mining/", event_logs.show, name="mining"),
    path("mining/analysis/", event_logs.analysis, name="mining-analysis"),
    path("mining/cases/", event_logs.cases, name="mining-cases"),
    path("mining/draft/", event_logs.draft, name="mining-draft"),
    path("mining/<slug:number>/measurement/", event_logs.measurement, name="mining-measurement"),
]
