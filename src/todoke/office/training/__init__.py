"""研修と相談会: seats of staff in courses, sessions of help with phones, and the volunteers of the State."""
