"""Navigation 案内 of the example."""

from todoke.design.navigation import Entry

FACES = (Entry("例", "example:home"),)
RAIL = (Entry("例の入口", "example:home"),)
