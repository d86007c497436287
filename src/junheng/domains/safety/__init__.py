"""Rounds of safety inspection and their inspections at three levels: self, county, city."""
