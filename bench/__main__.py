"""``python -m bench``, which ``./go bench`` runs."""

from bench.run import main

if __name__ == "__main__":
    raise SystemExit(main())
