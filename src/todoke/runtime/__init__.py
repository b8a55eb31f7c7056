"""運転: environment, server, load shedding, read-only mode and send blocks of an installation."""
