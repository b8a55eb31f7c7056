"""意匠: page templates, components, form rendering, charts, PDF and static files."""
