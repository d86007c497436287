"""Questions about what came from phones."""
