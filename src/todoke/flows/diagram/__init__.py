"""Diagrams 図: a step table as a BPMN swimlane diagram: grid placement, orthogonal routing, layout, SVG."""
