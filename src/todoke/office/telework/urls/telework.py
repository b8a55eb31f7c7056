"""Addresses of telework: days, tasks with their barriers, and what could be done elsewhere."""

from django.urls import path

from todoke.office.telework.views import days, tasks

DAY, TASK = "days/<slug:token>/", "tasks/<slug:token>/"

urlpatterns = [
    path("", days.index, name="telework"),
    path("addition/", days.addition, name="telework-addition"),
    path("tasks/", tasks.index, name="telework-tasks"),
    path("tasks/addition/", tasks.addition, name="telework-tasks-addition"),
    path("suitability/", tasks.figures, name="telework-suitability"),
    path(TASK, tasks.show, name="telework-task"),
    path(f"{TASK}barrier/", tasks.barrier, name="telework-task-barrier"),
    path(f"{TASK}flow/", tasks.flow, name="telework-task-flow"),
    path(DAY, days.show, name="telework-day"),
    path(f"{DAY}approval/", days.approval, name="telework-day-approval"),
    path(f"{DAY}refusal/", days.refusal, name="telework-day-refusal"),
    path(f"{DAY}completion/", days.completion, name="telework-day-completion"),
    path(f"{DAY}withdrawal/", days.withdrawal, name="telework-day-withdrawal"),
]
