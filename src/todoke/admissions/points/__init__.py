"""点数: rule documents of the selection criteria, and the points of a household computed from them; pure."""
