"""Questions about lists, draws, runs and places."""
