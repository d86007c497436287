"""The door for programs: addresses, headers, tokens and the description of it all; the registers decide."""
