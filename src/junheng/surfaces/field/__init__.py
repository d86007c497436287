"""The phone app for people who are out: opens, records and keeps without a network, and sends when there is one."""
