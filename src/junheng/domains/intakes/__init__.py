"""招生批次: one county's admission to one stage in one year: days, plan, seats, catchments and categories."""
