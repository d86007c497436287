"""Schools and their classes: the registers that pupils, money, titles and inspections point at."""
