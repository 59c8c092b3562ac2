"""Email that comes in: fetched from a mailbox, kept as it came, read, and put on its complaint or before a person.

It may import `domain`, `landlords`, `records`, `evidence` and `actions`; it must not know requests, pages or letters.
Nothing here believes what a message says of itself. Messages are opened in a process of their own with little memory
and time, so that one made to do harm ends that process and nothing else.
"""
