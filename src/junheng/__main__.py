"""``python -m junheng``."""

from junheng.surfaces.cli.main import main

if __name__ == "__main__":
    raise SystemExit(main())
