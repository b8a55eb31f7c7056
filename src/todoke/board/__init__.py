"""推進本部: the pages for the digital headquarters, the council and the public."""
