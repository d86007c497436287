"""Finding rows of many registers by one box: by their words, by how these are read, by initials."""
