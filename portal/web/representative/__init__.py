"""Pages for the offices of representatives: MPs, councillors, advice agencies.

Their members sign in with a code that goes to their official address, and see their own office's cases alone.
"""
