"""推進本部: pages for the DX headquarters, the council and the public."""
