"""Deeds of after-class service: an answer, a place, a reason, a course taken over, places given out."""
