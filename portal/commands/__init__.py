"""Commands of some size, each in a module of its own; `portal.cli` adds them."""
