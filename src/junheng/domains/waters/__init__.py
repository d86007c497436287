"""Waters near which children could drown, and the persons of two levels who have charge of each."""
