"""The floor's pages: the same content as the portal's, written straight as HTML."""

LAYOUT = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{% block title %}Complaints{% endblock %}</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/portal.css"></head>
<body class="page"><a href="#main" class="skip">Skip to main content</a>
<header><div class="width"><a href="/">Example Homes</a> <nav><ul><li><a href="/queue">Complaints</a></li>
<li><a href="/record">Record a complaint</a></li></ul></nav> {% if user %}<p>Signed in as {{ user }}</p>
{% endif %}</div></header>
<main id="main"><div class="width">{% block main %}{% endblock %}</div></main>
<footer><div class="width"><ul><li><a href="/accessibility">Accessibility</a></li><li><a href="/privacy">
Privacy</a></li>
</ul><p>Call us on 020 7946 0000 or write to us.</p></div></footer><script src="/portal.js" defer></script>
</body></html>"""

FORM = """{% extends "layout.html" %}{% block title %}What happened?{% endblock %}
{% block main %}
<a href="/">Back</a><h1>Make a complaint</h1><form method="post" action="/complain">
<div class="group"><label for="what_happened">What happened?</label><p class="hint">Tell us in your own words.</p>
<textarea id="what_happened" name="what_happened" rows="8"></textarea></div>
{% for name, words in (("outcome", "What would put this right?"), ("name", "Your name"), ("email", "Email address"),
 ("address", "Your address")) %}<div class="group"><label for="{{ name }}">{{ words }}</label>
<input class="input" id="{{ name }}" name="{{ name }}" type="text"></div>
{% endfor %}<button class="button">Send</button></form>{% endblock %}"""

RECEIVED = """{% extends "layout.html" %}{% block title %}We have received your complaint{% endblock %}
{% block main %}
<h1>We have received your complaint</h1><p>Your reference: <code>{{ case.reference }}</code></p>
<p>Your secret code: <code>{{ code }}</code></p><h2>What happens next</h2><ol><li>
We acknowledge it by {{ case.due_on }}.</li>
<li>We answer it.</li></ol><p>You can go to the Housing Ombudsman.</p>{% endblock %}"""

TRACK = """{% extends "layout.html" %}{% block title %}Your complaint{% endblock %}
{% block main %}
<h1>Your complaint {{ case.reference }}</h1><p>{{ case.status }}</p><h2>Dates</h2><dl><dt>Received</dt>
<dd>{{ case.received_on }}</dd><dt>Due</dt><dd>{{ case.due_on }}</dd></dl><h2>What happened</h2><ul>
{% for at, by, kind, body in events %}<li>{{ at }}: {{ kind }}</li>
{% endfor %}</ul><h2>Letters</h2><ul>{% for id, at, subject, state in letters %}
<li><a href="/letters/{{ id }}">{{ subject }}</a>, {{ at }}</li>
{% endfor %}</ul><p>You can go to the Housing Ombudsman.</p>{% endblock %}"""

QUEUE = """{% extends "layout.html" %}{% block title %}Complaints{% endblock %}
{% block main %}
<h1>Complaints</h1><nav><ul>{% for view in views %}<li><a href="/queue?view={{ view }}">
{{ view }} ({{ count }})</a></li>
{% endfor %}</ul></nav><table class="table"><thead><tr><th scope="col">Reference</th><th scope="col">Resident</th>
<th scope="col">Status</th><th scope="col">Due</th><th scope="col">Handler</th></tr></thead><tbody>
{% for id, reference, name, status, due, handler in rows %}<tr class="table__row">
<td class="table__cell"><a class="link" href="/cases/{{ reference }}">{{ reference }}</a></td>
<td class="table__cell">{{ name }}</td><td class="table__cell">{{ status }}</td><td class="table__cell">{{ due }}</td>
<td class="table__cell">{{ handler or "Nobody" }}</td></tr>
{% endfor %}</tbody></table>{% if more %}<a href="/queue?after=1">Next page</a>{% endif %}{% endblock %}"""

CASE = """{% extends "layout.html" %}{% block title %}Complaint {{ case.reference }}{% endblock %}
{% block main %}
<a href="/queue">Complaints</a><h1>{{ case.reference }}</h1><p>{{ case.status }}</p><h2>Dates</h2><table><tr>
<th>Received</th>
<td>{{ case.received_on }}</td></tr><tr><th>Due</th><td>{{ case.due_on }}</td></tr></table><h2>Resident</h2><dl>
<dt>Name</dt><dd>{{ case.name }}</dd><dt>Email</dt><dd>{{ case.email }}</dd><dt>Address</dt><dd>
{{ case.address }}</dd>
<dt>What happened</dt><dd>{{ case.what_happened }}</dd><dt>Wanted</dt><dd>{{ case.outcome }}</dd></dl>
<h2>What to do</h2><ul>{% for act in ("assign", "acknowledge", "extend", "respond", "decline", "withdraw", "close") %}
<li><a href="/cases/{{ case.reference }}/{{ act }}">{{ act }}</a></li>{% endfor %}</ul><h2>Letters</h2><ul>
{% for id, at, subject, state in letters %}<li><a href="/letters/{{ id }}">{{ subject }}</a>
, {{ at }}, {{ state }}</li>
{% endfor %}</ul><h2>History</h2><ol>{% for at, by, kind, body in events %}<li class="event"><h3>{{ kind }}</h3>
<p>{{ at }} by {{ by }}</p><p>{{ body.words }}</p></li>
{% endfor %}</ol>{% endblock %}"""

RESPOND = """{% extends "layout.html" %}{% block title %}Answer {{ case.reference }}{% endblock %}
{% block main %}
<h1>Answer</h1><p>{{ case.what_happened }}</p><form method="post">{% for point in points %}<fieldset>
<legend>{{ point }}</legend>{% for finding in ("upheld", "partly upheld", "not upheld") %}
<label><input type="radio" name="finding-{{ loop.index }}" value="{{ finding }}"> {{ finding }}</label>{% endfor %}
<label for="reasons-{{ loop.index }}">Reasons</label>
<textarea id="reasons-{{ loop.index }}" name="reasons-{{ loop.index }}">
</textarea><label for="law-{{ loop.index }}">Law</label>
<textarea id="law-{{ loop.index }}" name="law-{{ loop.index }}">
</textarea></fieldset>{% endfor %}{% for number in (1, 2) %}<fieldset><legend>Remedy {{ number }}</legend>
<label for="remedy-{{ number }}">What</label><textarea id="remedy-{{ number }}" name="remedy-{{ number }}"></textarea>
</fieldset>{% endfor %}<button class="button">Send</button></form>{% endblock %}"""

PAGES = {
    "layout.html": LAYOUT,
    "form.html": FORM,
    "received.html": RECEIVED,
    "track.html": TRACK,
    "queue.html": QUEUE,
    "case.html": CASE,
    "respond.html": RESPOND,
}
