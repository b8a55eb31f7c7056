"""会議・宿題: meetings of the headquarters, their minutes, decisions and commitments."""
