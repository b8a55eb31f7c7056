"""Paper of the demo ward 紙: invented applications that came on paper, scanned."""
