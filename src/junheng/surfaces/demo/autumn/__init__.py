"""A whole autumn of admission in the demonstration city (演示数据): plans, families, draws, results, first day."""
