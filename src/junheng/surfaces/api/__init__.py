"""The door for programs: addresses only, the registers decide."""
