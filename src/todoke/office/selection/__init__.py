"""利用調整: rounds, their checks, seats, children, directives and runs, for the department that places children."""
