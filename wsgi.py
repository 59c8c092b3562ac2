"""For a WSGI server of your own choice: `wsgi:app`. Refuses to start while a setting is missing."""

from portal.serving import production_app

app = production_app()
