"""Pages for everybody: the gallery."""
