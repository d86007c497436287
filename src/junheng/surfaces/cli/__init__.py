"""The command line: the same questions as on the pages, for scripts and for people who like to type."""
