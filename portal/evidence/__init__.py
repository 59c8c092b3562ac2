"""Files that people send: what each one is, whether it can be kept, and the copy in which a photo is shown.

It may import `domain`, `records` and `actions`; it must not know requests, pages or how a case is decided. Nothing here
believes the name of a file or what a browser says of it. Pictures and documents are opened in a process of their own
with little memory and time, so that one made to do harm ends that process and nothing else.
"""
