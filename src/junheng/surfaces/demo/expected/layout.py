"""The reference answers of the layout and money chapter, and of the page itself."""

from collections import Counter

from junheng.surfaces.demo.expected.reading import Answer, Reading, share, uniform


def answers(city: Reading) -> dict[str, Answer]:
    """Every figure of the chapter, the lead and the page by its id."""
    return _rates(city) | _money(city) | _documents(city) | _page(city)


def _rates(city: Reading) -> dict[str, Answer]:
    return {
        "norm-primary-650": city.before("funding.primary"),
        "norm-primary-720": city.value("funding.primary"),
        "norm-junior-850": city.before("funding.junior"),
        "norm-junior-940": city.value("funding.junior"),
        "norm-boarder-200": city.before("funding.boarder"),
        "norm-boarder-300": city.value("funding.boarder"),
        "norm-effective": city.since("funding.primary"),
        "window-two-years": city.value("duties.recent_years"),
    }


def _money(city: Reading) -> dict[str, Answer]:
    year = city.year[1].year
    terms = (f"{year}S", f"{year}A")
    entitled = {
        (pupil, scheme, term)
        for pupil, scheme, term in city.rows("eligibilities", "pupil", "scheme", "term")
        if term in terms
    }
    waived = set(city.rows("waivers", "pupil", "scheme", "term"))
    columns = ("pupil", "scheme", "term", "paid_on", "returned_on")
    aided = {
        (pupil, scheme, term)
        for pupil, scheme, term, paid, returned in city.rows("payments", *columns)
        if city.this_year(paid) and city.still(returned)
    }
    new = [
        migrant
        for grade, term, kind, migrant, day in city.rows(
            "entrants", "grade", "term", "kind", "migrant", "admitted_on"
        )
        if grade in (1, 7) and term == city.term and kind == "new" and day <= city.as_of
    ]
    return {
        "aid-170000": len(aided),
        "aid-all": share(len(entitled & (aided | waived)), len(entitled | aided)),
        "loans-27300": sum(
            city.this_year(signed) and city.still(cancelled)
            for signed, cancelled in city.rows("loans", "signed_on", "cancelled_on")
        ),
        "entrants-92000": len(new),
        "migrants-4544": sum(new),
    }


def _documents(city: Reading) -> dict[str, Answer]:
    notices = {
        row
        for row, topic, day in city.rows("documents", "id", "topic", "issued_on")
        if topic == "fees" and day <= city.as_of
    }
    columns = ("area", "kind", "since", "until", "from_year", "to_year")
    years = [
        last - first + 1
        for area, kind, since, until, first, last in city.rows("plans", *columns)
        if area == "4108" and kind == "layout" and city.holds(since, until)
    ]
    return {
        "three-work-plans": sum(
            document in notices and kind == "work_plan"
            for document, kind in city.rows("annexes", "document", "kind")
        ),
        "plan-2021-2035": uniform(years),
        "provincial-promotions": sum(
            level == "province" and day <= city.as_of
            for level, day in city.rows("promotions", "level", "published_on")
        ),
    }


def _page(city: Reading) -> dict[str, Answer]:
    """The latest published article: its time, who signed the version that was published, equal renderings."""
    rows = city.rows("articles", "id", "state", "updated_at")
    published = max((at, row) for row, state, at in rows if state == "published")
    renderings = [
        (medium, digest)
        for article, medium, digest in city.rows("renderings", "article", "medium", "digest")
        if article == published[1]
    ]
    versions = {digest for _, digest in renderings}
    signed = {
        role: person
        for article, role, person, digest in city.rows("signoffs", "article", "role", "person", "digest")
        if article == published[1] and digest in versions
    }
    web = Counter(digest for medium, digest in renderings if medium == "web")
    return {
        "page-date": f"{published[0].isoformat()}+08:00",
        "signoff-6": len(set(signed.values())),
        "rendered-twice": sum(digest in web for _, digest in renderings),
    }
