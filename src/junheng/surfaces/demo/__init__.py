"""The demonstration city: made from one number, loaded aside, with its expected figures and their mutations."""
