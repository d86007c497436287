"""Places (录取): the closed list, the draw, runs with their proof, replies, appeals, and the first school day."""
