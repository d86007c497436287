"""The first link of a page that a selector means: as much of CSS as tests/browser/pages.py writes."""

import re
from html.parser import HTMLParser

Element = tuple[str, dict[str, str]]
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
PART = re.compile(
    r"^(?P<tag>[a-z0-9]*)(?:#(?P<id>[\w-]+))?(?:\.(?P<class>[\w-]+))?"
    r"(?:\[href(?P<how>[$^*])='(?P<href>[^']+)'\])?"
    r"(?::not\(\[href(?P<not_how>[$^*])='(?P<not_href>[^']+)'\]\))?$"
)


class Links(HTMLParser):
    """Notes every link with the elements around it."""

    def __init__(self) -> None:
        super().__init__()
        self.around: list[Element] = []
        self.found: list[list[Element]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = (tag, {name: value or "" for name, value in attrs})
        if tag == "a" and "href" in element[1]:
            self.found.append([*self.around, element])
        if tag not in VOID:
            self.around.append(element)

    def handle_endtag(self, tag: str) -> None:
        for number in range(len(self.around) - 1, -1, -1):
            if self.around[number][0] == tag:
                del self.around[number:]
                return


def first_link(page: str, selector: str) -> str | None:
    """Where the first link leads that one of the alternatives of a selector means."""
    reader = Links()
    reader.feed(page)
    ways = [one.split() for one in selector.split(",")]
    for line in reader.found:
        if any(means(way, line) for way in ways):
            return line[-1][1]["href"]
    return None


def means(way: list[str], line: list[Element]) -> bool:
    """Whether the last part is the link, and the others are around it in this order."""
    if not fits(way[-1], line[-1]):
        return False
    left = way[:-1]
    for element in reversed(line[:-1]):
        if left and fits(left[-1], element):
            left = left[:-1]
    return not left


def fits(part: str, element: Element) -> bool:
    """Whether one part of a selector describes an element."""
    tag, attributes = element
    read = PART.match(part)
    assert read, f"{part}: more of CSS than is read here"
    if read["tag"] and read["tag"] != tag:
        return False
    if read["id"] and read["id"] != attributes.get("id"):
        return False
    if read["class"] and read["class"] not in attributes.get("class", "").split():
        return False
    href = attributes.get("href", "")
    if read["not_how"] and leads(href, read["not_how"], read["not_href"]):
        return False
    return not read["how"] or leads(href, read["how"], read["href"])


def leads(href: str, how: str, wanted: str) -> bool:
    """Whether an address ends, begins or goes on as a selector says."""
    return {"$": href.endswith, "^": href.startswith, "*": href.__contains__}[how](wanted)
