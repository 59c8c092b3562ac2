"""Pages for the landlord's staff."""
