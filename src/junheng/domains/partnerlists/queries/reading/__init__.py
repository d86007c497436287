"""Reading a list as an office sends it: encodings, titles above the table, merged cells, and numbers that a spreadsheet spoilt."""
