"""Cases about training without a licence, over time or over price; the object of a case is a site, not a door sign."""
