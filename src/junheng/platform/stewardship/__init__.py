"""Who writes what: proposals that wait for approval, the steward of every register, and when it was last confirmed."""
