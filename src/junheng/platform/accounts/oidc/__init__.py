"""Sign-in by OpenID Connect: the bureau's or the province's own sign-in service, beside passwords."""
