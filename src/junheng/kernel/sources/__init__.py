"""Where something is written down: documents, and places in them."""

from junheng.kernel.sources.source import Citation, Source, load_sources

__all__ = ["Citation", "Source", "load_sources"]
