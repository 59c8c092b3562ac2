"""Pages of the demonstration alone: where to begin, its clock, and the letters it sent.

They are registered for `portal demo` and nothing else; elsewhere their addresses do not exist.
"""
