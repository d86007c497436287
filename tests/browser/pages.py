"""Where every page of the house is and who looks at it; and the addresses at which there is no page, with the reason."""

OFFICE, LEADER, COUNTY, SCHOOL, TEACHER = "bangongshi", "juzhang", "xian-410803", "xiaozhang1", "banzhuren"
SECTION, ADMIN = "jijiao", "zhanghao"
FOLLOW = " → "
"""Before a selector of the link that leads on."""

PAGES: dict[str, tuple[str, str, str]] = {
    # title: the name of the address, who looks (nobody: a stranger), where
    "front": ("desk:home", "", "/"),
    "home": ("desk:home", OFFICE, "/"),
    "county's home": ("desk:home", COUNTY, "/"),
    "school's home": ("desk:home", SCHOOL, "/"),
    "class teacher's home": ("desk:home", TEACHER, "/"),
    "overview": ("desk:overview", OFFICE, "/overview/"),
    "chapter": ("desk:chapter", OFFICE, "/chapters/safety/"),
    "empty chapter": ("desk:chapter", OFFICE, "/chapters/moral/"),
    "figures": ("desk:figures", OFFICE, "/figures/"),
    "figure": ("desk:figure", OFFICE, "/figures/kg-public-share/"),
    "rule": ("desk:figure", OFFICE, "/figures/norm-primary-720/"),
    "public figure": ("desk:figure", "", "/figures/kg-public-share/"),
    "promises": ("desk:promises", OFFICE, "/promises/"),
    "promise": ("desk:promise", OFFICE, "/promises/class-has-member/"),
    "public promise": ("desk:promise", "", "/promises/class-has-member/"),
    "reports": ("desk:articles", OFFICE, "/reports/"),
    "report": ("desk:article", OFFICE, "/reports/yearly-2023/"),
    "checker": ("desk:checker", OFFICE, "/checker/"),
    "search": ("desk:search", OFFICE, "/search/?q=幼儿园"),
    "consents that are missing": ("desk:consents", SCHOOL, "/consents/missing/"),
    "series": ("portal:series", OFFICE, "/figures/kg-public-share/series/"),
    "public series": ("portal:series", "", "/figures/kg-public-share/series/"),
    "registers": ("registers:index", OFFICE, "/registers/"),
    "register": ("registers:list", OFFICE, "/registers/schools/"),
    "a list of people": ("registers:list", COUNTY, "/registers/pupils/"),
    "as it was known": ("registers:list", OFFICE, "/registers/schools/?known=2024-01-01"),
    "narrowed to nothing": ("registers:list", OFFICE, "/registers/schools/?q=没有这样的学校"),
    "row": ("registers:detail", OFFICE, "/registers/schools/1/"),
    "a pupil": ("registers:detail", SCHOOL, "/registers/pupils/ → #results tbody th a"),
    "nothing there": ("registers:detail", OFFICE, "/registers/schools/999999999/"),
    "history": ("registers:history", OFFICE, "/registers/schools/1/history/"),
    "onlookers": ("registers:onlookers", OFFICE, "/registers/schools/1/onlookers/"),
    "import": ("registers:import", COUNTY, "/registers/schools/import/"),
    "new row": ("registers:new", COUNTY, "/registers/schools/new/"),
    "edit": ("registers:edit", COUNTY, "/registers/schools/ → #results tbody th a → a[href$='/edit/']"),
    "end": ("registers:end", COUNTY, "/registers/classes/ → #results tbody th a → a[href$='/end/']"),
    "deed": ("deeds:do", COUNTY, "/registers/schools/ → #results tbody th a → a[href^='/deeds/']"),
    "changes": ("changes:changes", OFFICE, "/changes/"),
    "tokens": ("tokens:mine", OFFICE, "/tokens/"),
    "jobs": ("jobs:mine", COUNTY, "/jobs/"),
    "own account": ("accounts:own", COUNTY, "/accounts/"),
    "password": ("accounts:password", COUNTY, "/accounts/password/"),
    "app": ("accounts:app", COUNTY, "/accounts/factors/app/"),
    "passkey": ("accounts:passkey", COUNTY, "/accounts/factors/passkey/"),
    "people with accounts": ("accounts:people", ADMIN, "/accounts/people/"),
    "new account": ("accounts:new", ADMIN, "/accounts/people/new/"),
    "somebody's account": ("accounts:person", ADMIN, "/accounts/people/ → tbody th a"),
    "a new grant": ("accounts:give", ADMIN, "/accounts/people/ → tbody th a → a[href$='/grant/']"),
    "grants to judge": ("accounts:proposals", ADMIN, "/accounts/proposals/"),
    "no invitation": ("accounts:invitation", "", "/accounts/invitation/nothing/"),
    "surveys of a section": ("asks:home", SECTION, "/asks/"),
    "forms of a school": ("asks:home", SCHOOL, "/asks/"),
    "everything ever asked": ("asks:catalogue", SECTION, "/asks/catalogue/"),
    "load of schools": ("asks:load", SECTION, "/asks/load/"),
    "time asked for": ("asks:extensions", SECTION, "/asks/extensions/"),
    "new survey": ("asks:new", SECTION, "/asks/new/"),
    "survey": ("asks:survey", SECTION, "/asks/ → main td a, main th a"),
    "survey as schools see it": ("asks:preview", SECTION, "/asks/ → main td a, main th a → a[href$='/preview/']"),
    "form to fill": ("asks:fill", SCHOOL, "/asks/ → main a[href*='/asks/fill/']"),
    "quality": ("quality:overview", COUNTY, "/quality/"),
    "quality of the city": ("quality:overview", OFFICE, "/quality/"),
    "retention": ("retention:overview", COUNTY, "/retention/"),
    "what is kept too long": ("retention:preview", COUNTY, "/retention/ → a[href*='/retention/due/']"),
    "what waits for approval": ("stewardship:proposals", COUNTY, "/stewardship/"),
    "what one confirms": ("stewardship:mine", SCHOOL, "/stewardship/confirm/"),
    "confirming": ("stewardship:confirm", SCHOOL, "/stewardship/confirm/ → main a[href*='/stewardship/confirm/pupils/']"),
    "who confirmed": ("stewardship:overview", OFFICE, "/stewardship/confirm/overview/"),
    "who confirmed, by unit": (
        "stewardship:units", OFFICE, "/stewardship/confirm/overview/ → main td a",
    ),
    "interface for programs": ("api:about", OFFICE, "/api/"),
    "login": ("login", "", "/login/"),
    "news": ("portal:news", "", "/news/"),
    "article": ("portal:article", "", "/news/yearly-2023/"),
    "open data": ("api:open-data", "", "/open-data/registers/"),
    "open figures": ("portal:figures", "", "/open-data/"),
    "no page": ("", "", "/no-such-page/"),
}  # fmt: skip

FORM = "only a form is sent here"
PROGRAM = "answers programs, in JSON or CSV; described and fuzzed in tests/surfaces/api"
FILE = "a file"
WALKED = "a walk of its own reaches it"
NO_PAGES: dict[str, str] = {
    **dict.fromkeys(
        (
            "set_language", "logout", "registers:marked", "registers:unmask", "changes:seen", "savedviews:save",
            "savedviews:forget", "tokens:revoke", "accounts:name", "accounts:leave-others", "accounts:leave-one",
            "accounts:codes", "accounts:let-go", "accounts:close-idle", "accounts:close", "accounts:invite",
            "accounts:reset", "accounts:end-grant", "accounts:judge", "asks:again", "asks:step", "asks:remind",
            "asks:time", "asks:grant", "asks:likely", "jobs:cancel", "jobs:retry", "quality:check", "quality:explain",
            "quality:carry", "quality:dismiss", "quality:merge", "quality:decide", "quality:undo", "retention:carry",
            "retention:withdraw", "stewardship:decide", "stewardship:withdraw", "stewardship:again",
            "stewardship:clear", "stewardship:steward", "desk:sign", "desk:publish", "desk:prepare",
        ),
        FORM,
    ),
    **dict.fromkeys(("registers:export", "asks:export", "jobs:file", "api:open-file", "api:openapi"), FILE),
    **dict.fromkeys(
        (
            "health", "api:index", "api:register", "api:upload", "api:row", "api:end", "api:figures", "api:figure",
            "api:trace", "api:promises", "api:promise", "api:open-catalogue",
            "api:surveys", "api:survey", "api:survey-answers", "api:survey-answer",
        ),
        PROGRAM,
    ),
    **dict.fromkeys(
        (
            "accounts:second", "accounts:confirm", "accounts:oidc", "accounts:oidc-back", "asks:edit",
            "asks:new-question", "asks:question", "asks:answers", "asks:sheet", "jobs:one", "quality:finding",
            "quality:merged", "retention:erasure",
        ),
        WALKED,
    ),
    "portal:front": "the front of strangers, which desk:home shows them",
}  # fmt: skip
"""Addresses that answer with something else than a page, or only to a form, or that a walk of its own reaches."""
