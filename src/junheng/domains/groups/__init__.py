"""School groups, pairs of schools, and the schools they help; the list of weak schools is never public."""
