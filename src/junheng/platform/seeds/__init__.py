"""Seeds that nobody may choose, and steps that two persons take: what every draw of the house rests on, whatever is drawn.

The rows belong to the rooms, each with a table of its own; their columns, their form and what holds for them stand here.
"""
