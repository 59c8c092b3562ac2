"""Signing in and out, for staff. Residents have no account."""
