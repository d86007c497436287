"""The desk: the pages of people with a login. They fetch, call one action, and answer."""
