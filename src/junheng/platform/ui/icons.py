"""Icons of the heroicons set as SVG. The library opens its archive anew for each icon, which costs what a page costs."""

from functools import cache, lru_cache
from importlib.resources import files
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

from django.utils.safestring import SafeString, mark_safe
from heroicons import IconDoesNotExist

NAMESPACE = "{http://www.w3.org/2000/svg}"


@lru_cache(maxsize=1024)
def drawn(name: str, size: int, kind: str) -> SafeString:
    """An icon in outline, of a size in pixels and with a class of style sheets, hidden from who listens to the page."""
    try:
        words = archive().read(f"outline/{name}.svg")
    except KeyError:
        raise IconDoesNotExist(f"There is no icon {name!r}.") from None
    svg = ElementTree.fromstring(words)  # noqa: S314 (a file of the library that is installed, not of a stranger)
    for part in svg.iter():
        part.tag = part.tag.removeprefix(NAMESPACE)
    svg.attrib |= {"width": str(size), "height": str(size), "aria-hidden": "true"}
    if kind:
        svg.attrib["class"] = kind
    return mark_safe(ElementTree.tostring(svg, encoding="unicode"))  # noqa: S308 (drawn above, from the library's file)


@cache
def archive() -> ZipFile:
    """The drawings, opened once."""
    return ZipFile(BytesIO((files("heroicons") / "heroicons.zip").read_bytes()))
