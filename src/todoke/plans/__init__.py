"""計画: strategies, measures, and indicators with targets and actuals."""
