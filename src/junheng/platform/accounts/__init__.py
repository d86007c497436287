"""Accounts: the second factor, who looks after accounts and grants, invitations, sign-in by OIDC."""
