"""Pages for somebody who acts for a resident: what their authority allows, and nothing else.

They come in with a code of their own. It is looked up again with each request, so that what the resident stops is
stopped with the next click.
"""
