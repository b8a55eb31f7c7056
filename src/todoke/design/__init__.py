"""意匠: components, form rendering and static files of every page."""
