"""Orders to Django."""
