"""会議・宿題: headquarters meetings, minutes, decisions and commitments."""
