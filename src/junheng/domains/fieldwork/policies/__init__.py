"""Who sees what came from phones."""
