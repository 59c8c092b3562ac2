"""What an operator types: a module for each command, or for those about one thing. `portal.cli` puts them together."""
