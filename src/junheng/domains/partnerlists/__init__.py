"""Lists of partner offices (poverty, minimum living, orphans, disabled): sealed, matched inside, decided by people."""
