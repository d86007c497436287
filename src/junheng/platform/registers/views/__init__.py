"""Pages of every register. A view fetches through the scope, calls one action, answers."""
