"""The waters of the city on one page: last check, open hazards, effort and coverage, and who is behind this week."""
