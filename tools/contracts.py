"""The import contracts of ``pyproject.toml``, as a module to run: the walls of the house."""

import sys

from importlinter.cli import lint_imports

if __name__ == "__main__":
    sys.exit(lint_imports(no_cache=True, no_logo=True))
