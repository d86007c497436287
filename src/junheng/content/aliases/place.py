"""Of which place the records speak, and the names of the places around it."""

HOME = ("焦作市", "焦作")
PARENTS = ("河南省", "河南")
