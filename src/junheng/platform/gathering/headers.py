"""What an answer says that was given before Django: the same that its middleware would have added."""

HEADERS = (
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "same-origin"),
    (
        "Content-Security-Policy",
        "default-src 'self'; object-src 'none'; base-uri 'self'; frame-ancestors 'none'",
    ),
)
"""Nothing that is sent so is a page of ours with scripts; whoever changes the policy of the pages looks here too."""
