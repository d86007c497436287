"""Orders to Django that the house gives in its own way."""
