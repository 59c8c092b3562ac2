"""Pages for residents: no account and no script needed."""
