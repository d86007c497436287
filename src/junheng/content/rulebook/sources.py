"""依据目录 — every document the rulebook cites."""

from pathlib import Path

from junheng.kernel.sources import load_sources

SOURCES = load_sources(Path(__file__).with_name("sources.toml"))
