"""Following a complaint: the reference and the secret code open it for an hour.

An unknown reference, a wrong code and another landlord's complaint get the same answer after the same work.
"""

from __future__ import annotations

from flask import Response, flash, url_for

from portal.domain import references
from portal.records import access
from portal.web.access import public
from portal.web.acting import talk
from portal.web.fragments import page, see_other
from portal.web.limits import count_wrong_code, slow_down_guesses
from portal.web.resident import forms, my_complaint, own_acts, visit
from portal.web.whose import current_landlord
from portal.web.wording import lazy_gettext as _l

NOT_FOUND = _l("We cannot find a complaint with this reference and this code. Check both of them")


@public
def show_track() -> Response:
    """Ask for the reference and the code. Nothing of either is ever in an address."""
    return show(forms.Track(formdata=None))


def open_complaint() -> Response:
    """Open the complaint, or say that there is none like that."""
    form = forms.Track()
    if not form.validate():
        return show(form, status=422)
    holder = visit.begin(references.reference_from(form.reference.data), references.code_from(form.code.data))
    if holder is None:
        count_wrong_code(current_landlord().key, form.reference.data)
        return show(form, status=422, not_found=True)
    if holder == access.REPRESENTATIVE and form.words.data and form.to.data == talk.TO:
        return talk.show_again(form.words.data)
    if holder == access.REPRESENTATIVE:
        return see_other(url_for("acting.case"))
    if holder == access.MEMBER:
        return see_other(url_for("resident.my_group"))
    if form.words.data and form.to.data in own_acts.OWN_ACTS:
        return own_acts.show_again(form.to.data, form.words.data)
    if form.words.data:
        return my_complaint.show_stage_2(forms.AskForStage2(formdata=None, data={"words": form.words.data}))
    return see_other(url_for("resident.my_complaint"))


@public
def show_stay() -> Response:
    """How long the complaint is open here, and a button for longer. It opens beside what somebody is writing."""
    if not (visit.visitor() or visit.representative()):
        return see_other(url_for("resident.track"))
    return page("resident/stay.html", form=forms.Submit(formdata=None))


@public
def stay() -> Response:
    form = forms.Submit()
    if form.validate() and visit.stay():
        flash(str(_l("It stays open for another hour.")), "done")
    return see_other(url_for("resident.show_stay"))


@public
def sign_out() -> Response:
    """Close the complaint on this device."""
    form = forms.Submit()
    if form.validate():
        visit.end()
    return see_other(url_for("resident.signed_out"))


@public
def signed_out() -> Response:
    return page("resident/signed_out.html")


def show(form: forms.Track, *, status: int = 200, not_found: bool = False) -> Response:
    problems = form.problems + ([(NOT_FOUND, "reference")] if not_found else [])
    return page("resident/track.html", status=status, form=form, errors=problems)


open_complaint = public(slow_down_guesses(open_complaint))
