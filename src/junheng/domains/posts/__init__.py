"""Who is responsible for every spot and hour of a school, where that is blank, and what a school's year of safety holds."""
