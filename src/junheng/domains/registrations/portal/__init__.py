"""What families meet: choosing, four steps, looking over, the receipt, changing; and the lane for the last day's crowd."""
