"""The house keeps its own rules: walls, sizes, words, pages."""
