"""Work that takes longer than a page may: kept as rows of the same database, done by workers beside the server."""
