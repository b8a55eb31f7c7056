"""Navigation 案内 of the face for residents: one page leads to the next, so there is no rail."""

from todoke.design.navigation import Entry

FACES = (Entry("住民のページ", "portal:home"),)
RAIL: tuple[Entry, ...] = ()
