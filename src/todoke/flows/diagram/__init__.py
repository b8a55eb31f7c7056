"""Diagrams 図: a step table as swim lanes, from grid placement to SVG."""
