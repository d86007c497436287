"""What families see: the question of the school, their answer, and what came of it."""
