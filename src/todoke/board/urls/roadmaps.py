"""導入計画の住所."""

from django.urls import path

from todoke.board.views import roadmaps

urlpatterns = [
    path("", roadmaps.index, name="roadmaps"),
    path("<slug:code>/", roadmaps.show, name="roadmap"),
    path("<slug:code>/planning/", roadmaps.planning, name="roadmap-planning"),
    path("<slug:code>/capacities/", roadmaps.capacities, name="roadmap-capacities"),
    path("<slug:code>/leftovers/", roadmaps.leftovers, name="roadmap-leftovers"),
    path("<slug:code>/vague/", roadmaps.vague, name="roadmap-vague"),
    path("<slug:code>/stages/", roadmaps.stages, name="roadmap-stages"),
    path("<slug:code>/export/", roadmaps.export, name="roadmap-export"),
    path("<slug:code>/items/<slug:number>/", roadmaps.item, name="roadmap-item"),
    path("<slug:code>/items/<slug:number>/stage/", roadmaps.stage, name="roadmap-stage"),
    path("<slug:code>/items/<slug:number>/estimate/", roadmaps.estimate, name="roadmap-estimate"),
    path("<slug:code>/items/<slug:number>/condition/", roadmaps.condition, name="roadmap-condition"),
    path("<slug:code>/items/<slug:number>/pin/", roadmaps.pin, name="roadmap-pin"),
    path("<slug:code>/items/<slug:number>/exclusion/", roadmaps.exclusion, name="roadmap-exclusion"),
    path("<slug:code>/items/<slug:number>/release/", roadmaps.release, name="roadmap-release"),
]
