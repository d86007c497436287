"""How static files are stored for serving: under the digest of what they hold, and so are the scripts that scripts import."""

from collections.abc import Callable
from re import Match
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage

LIBRARIES = ("django_htmx/",)
"""Scripts of others import what is no file of ours: they are left as they came."""


class NamedByDigest(CompressedManifestStaticFilesStorage):  # type: ignore[misc] # a library without types
    """A script that imports another one names it by digest too: a page never mixes the scripts of two editions."""

    support_js_module_import_aggregation = True

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.addresses: dict[str, str] = {}

    def url(self, name: str, force: bool = False) -> str:
        """The address of a file: looked up once, for files do not change while the house serves and pages name a dozen."""
        found = self.addresses.get(name)
        if found is None:
            found = self.addresses[name] = str(super().url(name, force))
        return found

    def url_converter(
        self, name: str, hashed_files: Any, template: str | None = None
    ) -> Callable[[Match[str]], str]:
        """How a name within a file is replaced; the imports of a library are not."""
        if name.startswith(LIBRARIES) and template and template.startswith(("import", "export")):
            return lambda found: found["matched"]
        converter: Callable[[Match[str]], str] = super().url_converter(name, hashed_files, template)
        return converter
