"""Where somebody goes on who has signed in: never to another website, and with the words that they had typed."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

from flask import Response, url_for
from flask_wtf import FlaskForm

from portal.domain.permissions import Action, Actor, may
from portal.web.fields import readable
from portal.web.fragments import page, see_other
from portal.web.staff.routes import places_of

NEVER_CARRIED = frozenset({"csrf_token", "press"})


def local(target: str) -> str:
    """The address if it is one of this landlord's staff pages, else the queue: never another website."""
    queue = url_for("staff.queue")
    leads_here = target.startswith(queue) and target.isprintable()
    return target if leads_here and "\\" not in target and "//" not in target else queue


def begin_at(actor: Actor, target: str) -> str:
    """The address where somebody goes on; in place of a queue that they may not see, the first place that they may."""
    if target != url_for("staff.queue") or may(actor, Action.SEE_QUEUE):
        return target
    return next((url_for(endpoint) for _key, _words, endpoint in places_of(actor)), target)


def path_of(address: str) -> str:
    """The path of a web address that a browser sent; nothing where it is none."""
    try:
        return urlsplit(address).path
    except ValueError:
        return ""


def go_on(form: FlaskForm, actor: Actor) -> Response:
    """Back to where they were; words that were kept are put into their form again, and sent by nobody but them."""
    target = local(form.next.data or "")
    kept = kept_pairs(form.kept.data or "")
    return page("account/continue.html", target=target, kept=kept) if kept else see_other(begin_at(actor, target))


def kept_pairs(text: str) -> list[tuple[str, str]]:
    """Names and values of what was typed; nothing where it is nothing of ours."""
    try:
        pairs = json.loads(text or "[]")
        return [(readable(str(name)), readable(str(value))) for name, value in pairs if name not in NEVER_CARRIED]
    except (ValueError, TypeError, RecursionError):
        return []
