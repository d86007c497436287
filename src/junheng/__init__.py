"""均衡 (junheng) — how a city's education bureau runs its work and proves what it says about it."""
