"""Questions about files and works."""
