"""Recognition 認識: registration, crops, typed values and routes of fields; no database, clock or unseeded chance."""
