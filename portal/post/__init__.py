"""Letters: what they say, how they look as page, text and email, and how they are delivered.

A letter is written inside the transaction and delivered after it. This room must not know routes,
forms or permissions; the time is told to it.
"""
