"""Pages of accounts. They fetch, call one action, and answer."""
