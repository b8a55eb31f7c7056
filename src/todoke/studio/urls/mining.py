"""記録の分析の住所。"""

from django.urls import path

from todoke.studio.views import mining

urlpatterns = [
    path("mining/", mining.show, name="mining"),
    path("mining/analysis/", mining.analysis, name="mining-analysis"),
    path("mining/cases/", mining.cases, name="mining-cases"),
    path("mining/<slug:number>/measurement/", mining.measurement, name="mining-measurement"),
]
