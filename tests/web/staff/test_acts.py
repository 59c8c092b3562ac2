"""What staff do to a case, each through its page: done, refused, previewed, overtaken."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from flask import Flask

from portal.actions.restrict_complaint import restrict_complaint
from portal.domain.events import Flag, Person, ReplyBy, Stage
from portal.domain.lifecycle import Status
from tests.actions.office import Office, repair, ten_oclock
from tests.actions.test_representatives import submitted_for
from tests.builders import MONDAY
from tests.web.staff.browser import HTMX, Browser

TUESDAY, WEDNESDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)

DEFINITION = {
    "points-0": "The roof leaks",
    "points-1": "",
    "points-2": "Nobody called back",
    "outcomes-0": "A dry ceiling",
    "responsible_for-0": "The roof",
}
ANSWER = {
    "answers-0-finding": "upheld",
    "answers-0-reasons": "The gutter was not cleared.",
    "answers-0-law_and_policy": "Repairs policy 4",
    "answers-1-finding": "not_upheld",
    "answers-1-reasons": "We called on 3 and 5 November.",
    "answers-1-law_and_policy": "Repairs policy 4",
    "remedies-0-kind": "apology",
    "remedies-0-words": "We are sorry.",
}


def day(name: str, value: date) -> dict[str, str]:
    return {f"{name}-day": str(value.day), f"{name}-month": str(value.month), f"{name}-year": str(value.year)}


def case_of(office: Office, reference: str):
    return office.case(reference).case


def test_assigning_a_handler(lead: Browser, office: Office) -> None:
    reference = office.submit(MONDAY)
    chosen = {"handler_id": office.handler.user_id, "no_conflict": "y"}
    assert lead.post(f"cases/{reference}/assign", chosen).status == 303
    assert case_of(office, reference).handler_id == office.handler.user_id
    assert "The handler is chosen." in lead.get(f"cases/{reference}").words


def test_a_handler_who_may_not_is_shown_with_the_reason_and_refused_when_posted(lead: Browser, office: Office) -> None:
    reference = office.submit(MONDAY)
    office.name(reference, MONDAY, office.handler.user_id)
    assert "They are named in the complaint (Code 5.8)." in lead.get(f"cases/{reference}/assign").words
    chosen = {"handler_id": office.handler.user_id, "no_conflict": "y"}
    page = lead.post(f"cases/{reference}/assign", chosen)
    assert page.status == 422
    assert "They are named in the complaint (Code 5.8)." in page.errors["#handler_id"]
    assert case_of(office, reference).handler_id is None


def test_an_assignment_needs_the_declaration(lead: Browser, office: Office) -> None:
    reference = office.submit(MONDAY)
    page = lead.post(f"cases/{reference}/assign", {"handler_id": office.handler.user_id})
    assert "no conflict of interest" in page.errors["#no_conflict"]


def test_naming_staff_and_taking_it_back(lead: Browser, office: Office) -> None:
    reference = office.submit(MONDAY)
    named = [office.colleague.user_id]
    assert lead.post(f"cases/{reference}/named-staff", {"user_ids": named}).status == 303
    assert case_of(office, reference).named_staff == (office.colleague.user_id,)
    assert lead.get(f"cases/{reference}/named-staff").checked("user_ids") == [str(office.colleague.user_id)]
    assert lead.post(f"cases/{reference}/named-staff").status == 303
    assert case_of(office, reference).named_staff == ()


def test_an_acknowledgement_is_previewed_and_then_sent(lead: Browser, office: Office) -> None:
    reference = office.submit(MONDAY)
    office.assign(reference, MONDAY)
    preview = lead.post(f"cases/{reference}/acknowledge", DEFINITION)
    assert preview.status == 200
    assert preview.heading == "Check the letter"
    assert "Nobody called back" in preview.words
    assert case_of(office, reference).status is Status.RECEIVED
    assert lead.post(f"cases/{reference}/acknowledge", {**DEFINITION, "press": "send"}).status == 303
    assert case_of(office, reference).now.acknowledged.points == ("The roof leaks", "Nobody called back")


def test_the_preview_carries_every_word(lead: Browser, office: Office) -> None:
    reference = office.submit(MONDAY)
    office.assign(reference, MONDAY)
    awkward = {**DEFINITION, "points-1": 'Two\r\nlines & "quotes" <b>{{ 7 * 7 }}</b>'}
    preview = lead.post(f"cases/{reference}/acknowledge", awkward)
    assert preview.value("points-1").replace("\r\n", "\n") == 'Two\nlines & "quotes" <b>{{ 7 * 7 }}</b>'
    again = lead.post(f"cases/{reference}/acknowledge", {**awkward, "press": "change"})
    assert again.status == 200
    assert again.value("points-2") == "Nobody called back"


@pytest.mark.parametrize(
    ("left_out", "field", "words"),
    [
        ("points-", "#points-0", "at least one point"),
        ("outcomes-", "#outcomes-0", "outcomes that the resident is looking for"),
        ("responsible_for-", "#responsible_for-0", "responsible for"),
    ],
)
def test_an_acknowledgement_that_is_not_whole_is_refused_at_its_field(
    lead: Browser, office: Office, left_out: str, field: str, words: str
) -> None:
    reference = office.submit(MONDAY)
    office.assign(reference, MONDAY)
    kept = {name: value for name, value in DEFINITION.items() if not name.startswith(left_out)}
    page = lead.post(f"cases/{reference}/acknowledge", kept)
    assert page.status == 422
    assert words in page.errors[field]
    for name, value in kept.items():
        assert page.value(name) == value


def test_a_letter_that_lacks_a_part_is_refused_and_the_part_named(lead: Browser, office: Office) -> None:
    """Nobody handles the complaint yet, and the acknowledgement has to say who does (IDS 6.2.2)."""
    reference = office.submit(MONDAY)
    page = lead.post(f"cases/{reference}/acknowledge", DEFINITION)
    assert page.status == 422
    assert "who is handling the complaint" in page.words
    assert page.value("points-0") == "The roof leaks"


def test_one_more_row_keeps_what_is_typed(lead: Browser, office: Office) -> None:
    reference = office.submit(MONDAY)
    pressed = {**DEFINITION, "press": "add-points"}
    page = lead.post(f"cases/{reference}/acknowledge", pressed)
    assert page.status == 200
    assert page.value("points-2") == "Nobody called back"
    assert page.value("points-3") == ""
    part = lead.post(f"cases/{reference}/acknowledge", pressed, headers=HTMX)
    assert 'name="points-3"' in part.html
    assert "outcomes-0" not in part.html
    assert lead.post(f"cases/{reference}/acknowledge", {"press": "add-nonsense"}).status == 404


def test_a_page_that_was_overtaken_says_so_and_keeps_the_words(lead: Browser, office: Office) -> None:
    reference = office.submit(MONDAY)
    opened = lead.get(f"cases/{reference}/acknowledge").value("version")
    office.assign(reference, MONDAY)
    page = lead.post(f"cases/{reference}/acknowledge", {**DEFINITION, "version": opened, "press": "send"})
    assert page.status == 409
    assert "This complaint has changed since you opened this page" in page.words
    assert "Handler of Stage 1 chosen" in page.words
    assert page.value("points-2") == "Nobody called back"
    assert page.value("version") == lead.version(f"cases/{reference}")
    assert case_of(office, reference).status is Status.RECEIVED


def test_a_page_that_was_overtaken_for_good_says_that_too(lead: Browser, office: Office) -> None:
    reference = office.submit(MONDAY)
    opened = lead.get(f"cases/{reference}/acknowledge").value("version")
    office.withdraw(reference, MONDAY)
    page = lead.post(f"cases/{reference}/acknowledge", {**DEFINITION, "version": opened, "press": "send"})
    assert page.status == 409
    assert "This can no longer be done." in page.words
    assert page.value("points-0") == "The roof leaks"


@pytest.mark.parametrize("version", ["", "nonsense", "-1", "9" * 30])
def test_a_form_without_a_sound_version_is_refused_without_news(lead: Browser, office: Office, version: str) -> None:
    reference = office.submit(MONDAY)
    office.assign(reference, MONDAY)
    page = lead.post(f"cases/{reference}/acknowledge", {**DEFINITION, "version": version, "press": "send"})
    assert page.status == 422
    assert "This complaint may have changed." in page.words
    assert "Handler of Stage 1 chosen" not in page.words
    assert page.value("points-2") == "Nobody called back"
    assert page.value("version") == lead.version(f"cases/{reference}")
    assert case_of(office, reference).status is Status.RECEIVED


@pytest.mark.parametrize("sent", [{"version": ""}, {"version": "1"}, {"press": "add-remedies"}])
def test_whoever_may_not_do_an_act_is_told_no_news_by_its_form(
    app: Flask, office: Office, sent: dict[str, str]
) -> None:
    """Only the handler answers: a colleague is refused before anything is said of the complaint."""
    reference = office.acknowledged(MONDAY)
    page = Browser(app).sign_in(office.colleague).post(f"cases/{reference}/respond", sent)
    assert page.status == 403
    assert "Handler of Stage 1 chosen" not in page.words


def test_extending_within_the_ordinary(lead: Browser, office: Office) -> None:
    reference = office.acknowledged(MONDAY)  # due Monday 16 November (IDS 6.2.3), ordinary longest 30 November
    said = {**day("new_due", date(2026, 11, 30)), "reason": "complex", "explanation": "The surveyor comes on Friday."}
    page = lead.get(f"cases/{reference}/extend")
    assert "Monday 16 November 2026" in page.words
    assert "Monday 30 November 2026" in page.words
    preview = lead.post(f"cases/{reference}/extend", said)
    assert "30 November 2026" in preview.words
    assert lead.post(f"cases/{reference}/extend", {**said, "press": "send"}).status == 303
    assert case_of(office, reference).now.extended_to == date(2026, 11, 30)


def test_extending_further_needs_a_good_reason(lead: Browser, office: Office) -> None:
    reference = office.acknowledged(MONDAY)
    said = {**day("new_due", date(2026, 12, 1)), "reason": "complex", "explanation": "The surveyor is ill."}
    assert "good reason" in lead.post(f"cases/{reference}/extend", said).errors["#good_reason"]
    said["good_reason"] = "Only one surveyor may enter the loft."
    assert "how often" in lead.post(f"cases/{reference}/extend", said).errors["#update_every_working_days"]
    said["update_every_working_days"] = "every week"
    assert "number" in lead.post(f"cases/{reference}/extend", said).errors["#update_every_working_days"]
    said["update_every_working_days"] = "5"
    assert "Agree" in lead.post(f"cases/{reference}/extend", said).errors["#agreed"]
    assert lead.post(f"cases/{reference}/extend", {**said, "agreed": "y", "press": "send"}).status == 303


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (date(2026, 11, 30), "It is within the longest ordinary extension."),
        (date(2026, 12, 1), "It needs a good reason"),
        (date(2026, 11, 28), "is not a working day (Saturday)"),
        (date(2026, 11, 13), "is not after the date that it would replace"),
        (date(2099, 1, 5), "We do not know the bank holidays of that year yet."),
    ],
)
def test_what_a_new_date_would_mean(lead: Browser, office: Office, typed: date, words: str) -> None:
    reference = office.acknowledged(MONDAY)
    asked = f"cases/{reference}/extend?" + "&".join(f"{name}={value}" for name, value in day("new_due", typed).items())
    part = lead.get(asked, headers=HTMX)
    assert "<html" not in part.html
    assert words in " ".join(part.html.split())
    assert words in lead.get(asked).words


@pytest.mark.parametrize("typed", [("31", "2", "2027"), ("", "2", "2027"), ("x", "2", "2027"), ("1", "2", "99999999")])
def test_a_date_that_does_not_exist_is_an_error_at_its_box(
    lead: Browser, office: Office, typed: tuple[str, str, str]
) -> None:
    reference = office.acknowledged(MONDAY)
    boxes = dict(zip(("new_due-day", "new_due-month", "new_due-year"), typed, strict=True))
    page = lead.post(f"cases/{reference}/extend", {**boxes, "reason": "complex", "explanation": "Because."})
    assert page.status == 422
    assert any(target.startswith("#new_due-") for target in page.errors)
    assert page.value("explanation") == "Because."
    assert lead.get(f"cases/{reference}/extend?new_due-day=31&new_due-month=2&new_due-year=2027").status == 200


def test_an_answer_point_by_point(handler: Browser, office: Office) -> None:
    reference = office.acknowledged(MONDAY)
    page = handler.get(f"cases/{reference}/respond")
    assert "Point 2" in page.words
    assert handler.post(f"cases/{reference}/respond", ANSWER).heading == "Check the letter"
    assert handler.post(f"cases/{reference}/respond", {**ANSWER, "press": "send"}).status == 303
    response = case_of(office, reference).now.response
    assert [answer.finding.value for answer in response.answers] == ["upheld", "not_upheld"]
    assert response.remedy_words == ("We are sorry.",)


def test_an_answer_that_leaves_a_point_out_is_refused_there(handler: Browser, office: Office) -> None:
    reference = office.acknowledged(MONDAY)
    page = handler.post(f"cases/{reference}/respond", {**ANSWER, "answers-1-reasons": " "})
    assert page.status == 422
    assert "point 2" in page.errors["#answers-1-reasons"]
    page = handler.post(f"cases/{reference}/respond", {**ANSWER, "answers-1-finding": ""})
    assert "upheld" in page.errors["#answers-1-finding"]


def test_a_remedy_is_refused_in_its_own_row_though_rows_before_it_are_empty(handler: Browser, office: Office) -> None:
    reference = office.acknowledged(MONDAY)
    late = {
        **ANSWER,
        "remedies-0-kind": "",
        "remedies-0-words": "",
        "remedies-1-kind": "act_on_delay",
        "remedies-1-words": "Clear the gutter",
    }
    page = handler.post(f"cases/{reference}/respond", late)
    assert "who will carry out" in page.errors["#remedies-1-owner"]
    late["remedies-1-owner"] = str(office.colleague.user_id)
    assert "#remedies-1-due-day" in handler.post(f"cases/{reference}/respond", late).errors
    late |= day("remedies-1-due", MONDAY + timedelta(days=30))
    assert handler.post(f"cases/{reference}/respond", {**late, "press": "send"}).status == 303
    assert case_of(office, reference).open_remedies[0].terms.owner_id == office.colleague.user_id


@pytest.mark.parametrize(("typed", "pence"), [("150", 15000), ("£1,075.50", 107550), ("75.5", 7550)])
def test_money(handler: Browser, office: Office, typed: str, pence: int) -> None:
    reference = office.acknowledged(MONDAY)
    paid = {
        **ANSWER,
        "remedies-0-kind": "money",
        "remedies-0-amount": typed,
        "remedies-0-head": "distress",
        "remedies-0-impact": "The flat was cold for a week.",
        "remedies-0-owner": str(office.colleague.user_id),
        **day("remedies-0-due", MONDAY + timedelta(days=30)),
    }
    assert handler.post(f"cases/{reference}/respond", {**paid, "press": "send"}).status == 303
    assert case_of(office, reference).remedies[0].terms.amount_pence == pence


def test_whoever_answers_late_is_asked_about_that_and_only_then(app: Flask, office: Office) -> None:
    reference = office.acknowledged(MONDAY)
    handler = Browser(app).sign_in(office.handler)
    assert "We were late with this complaint" not in handler.get(f"cases/{reference}/respond").words
    app.extensions["clock"].move_to(ten_oclock(date(2026, 11, 18)))  # due on Monday 16 November (IDS 6.2.3)
    assert "We were late with this complaint" in handler.get(f"cases/{reference}/respond").words
    page = handler.post(f"cases/{reference}/respond", ANSWER)
    assert "Say whether you offer a remedy" in page.errors["#own_delay"]
    assert page.value("answers-0-reasons") == ANSWER["answers-0-reasons"]
    said = {**ANSWER, "own_delay": "remedy", "remedies-0-own_delay": "y", "press": "send"}
    assert handler.post(f"cases/{reference}/respond", said).status == 303


def test_money_that_is_no_amount(handler: Browser, office: Office) -> None:
    reference = office.acknowledged(MONDAY)
    paid = {**ANSWER, "remedies-0-kind": "money", "remedies-0-amount": "a lot"}
    assert "#remedies-0-amount" in handler.post(f"cases/{reference}/respond", paid).errors


def test_only_the_handler_answers(lead: Browser, office: Office) -> None:
    reference = office.acknowledged(MONDAY)
    page = lead.post(f"cases/{reference}/respond", {**ANSWER, "press": "send"})
    assert page.status == 403
    assert case_of(office, reference).now.response is None


def test_stage_2_from_the_request_to_the_answer(app, lead: Browser, office: Office) -> None:
    reference = office.answered(MONDAY, MONDAY)
    asked = {"channel": "phone", **day("requested_on", MONDAY)}
    assert lead.post(f"cases/{reference}/escalate", {**asked, "press": "send"}).status == 303
    assert case_of(office, reference).stage is Stage.TWO
    assert "They handled stage 1 (Code 6.13)." in lead.get(f"cases/{reference}/assign").words
    office.assign(reference, MONDAY)
    begun = lead.get(f"cases/{reference}/acknowledge")
    assert begun.value("points-0") == "The roof leaks"  # what stage 1 set out is where stage 2 begins
    assert "#why_still_dissatisfied" in lead.post(f"cases/{reference}/acknowledge", DEFINITION).errors
    why = {"why_still_dissatisfied": "It still leaks.", "press": "send"}
    assert lead.post(f"cases/{reference}/acknowledge", {**DEFINITION, **why}).status == 303
    second = Browser(app).sign_in(office.second)
    answer = {**ANSWER, "changes_to_remedy": "Nothing changes.", "press": "send"}
    assert second.post(f"cases/{reference}/respond", answer).status == 303
    assert case_of(office, reference).status is Status.RESPONDED


def test_declining_needs_all_its_parts(lead: Browser, office: Office) -> None:
    reference = office.submit(MONDAY)
    assert lead.post(f"cases/{reference}/decline").errors["#ground"] == "Choose the ground"
    said = {"ground": "court", "reasons": "A court decides it.", "evidence": "The claim form."}
    assert "#circumstances" in lead.post(f"cases/{reference}/decline", said).errors
    said["circumstances"] = "A solicitor acts for them."
    assert "#claim_filed_on-day" in lead.post(f"cases/{reference}/decline", said).errors
    said |= day("claim_filed_on", date(2026, 1, 5))
    assert lead.post(f"cases/{reference}/decline", said).heading == "Check the letter"
    assert lead.post(f"cases/{reference}/decline", {**said, "press": "send"}).status == 303
    assert case_of(office, reference).status is Status.DECLINED


def test_withdrawing_and_closing(lead: Browser, office: Office) -> None:
    reference = office.submit(MONDAY)
    said = {**day("withdrawn_on", MONDAY), "words": "By phone: it is mended.", "press": "send"}
    assert lead.post(f"cases/{reference}/withdraw", said).status == 303
    assert case_of(office, reference).status is Status.WITHDRAWN
    answered = office.answered(MONDAY, MONDAY)
    assert lead.post(f"cases/{answered}/close", {"learning": "Check gutters.", "press": "send"}).status == 303
    assert case_of(office, answered).status is Status.CLOSED


def test_a_withdrawal_cannot_be_in_the_future(lead: Browser, office: Office) -> None:
    reference = office.submit(MONDAY)
    said = {**day("withdrawn_on", TUESDAY), "words": "By phone.", "press": "send"}
    assert "future" in lead.post(f"cases/{reference}/withdraw", said).errors["#withdrawn_on-day"]


def test_a_remedy_is_completed_after_the_case_is_closed(lead: Browser, office: Office, clock) -> None:
    offered = (repair(MONDAY + timedelta(days=10), office.colleague),)
    reference = office.answered(MONDAY, MONDAY, remedies=offered)
    office.close(reference, MONDAY)
    clock.move_to(ten_oclock(MONDAY + timedelta(days=11)))
    assert "Overdue" in lead.get(f"cases/{reference}").words
    path = f"cases/{reference}/remedies/1"
    assert "#evidence" in lead.post(path, day("done_on", MONDAY)).errors
    assert lead.post(path, {**day("done_on", MONDAY), "evidence": "A photo"}).status == 303
    assert case_of(office, reference).open_remedies == ()
    assert lead.post(path, {**day("done_on", MONDAY), "evidence": "A photo"}).status == 422
    assert lead.get(f"cases/{reference}/remedies/2").status == 404


def test_a_new_code_is_shown_once_after_a_check(lead: Browser, office: Office) -> None:
    reference = office.submit(MONDAY)
    assert "#identity_check" in lead.post(f"cases/{reference}/new-code").errors
    page = lead.post(f"cases/{reference}/new-code", {"identity_check": "Called back"})
    assert page.heading == "New secret code"
    shown = next("".join(each.itertext()) for each in page.tree.iter("code"))
    assert len(shown.replace("-", "")) == 16
    assert shown not in lead.get(f"cases/{reference}").html


def test_a_letter_is_read_and_its_posting_recorded(lead: Browser, office: Office) -> None:
    from portal.domain.events import Person, ReplyBy

    reference = office.submit(
        MONDAY, reply_by=ReplyBy.POST, person=Person(name="Resident One", address="1 Example Street")
    )
    letter = office.letters(reference)[0]
    assert "1 letter is to be printed and posted" in lead.get().words
    path = f"cases/{reference}/letters/{letter.id}"
    assert "To print and post" in lead.get(path).words
    assert "future" in lead.post(f"{path}/posted", day("posted_on", TUESDAY)).errors["#posted_on-day"]
    too_early = lead.post(f"{path}/posted", day("posted_on", MONDAY - timedelta(days=1)))
    assert too_early.errors == {"#posted_on-day": "It cannot have been posted before it was written"}
    assert lead.post(f"{path}/posted", day("posted_on", MONDAY)).status == 303
    assert "Posted" in lead.get(path).words
    assert "to be printed and posted" not in lead.get().words


def test_long_and_strange_words_are_no_trouble(lead: Browser, office: Office) -> None:
    reference = office.submit(MONDAY)
    office.assign(reference, MONDAY)
    for awkward in ("x" * 50_000, "nul\0nul", "🌻" * 1_000, "\u202eright to left", "{{ 7 * 7 }} {% x %}", "<script>"):
        page = lead.post(f"cases/{reference}/acknowledge", {**DEFINITION, "points-0": awkward})
        assert page.status == 200, awkward[:20]
        assert "<script>" not in page.html
    page = lead.post(f"cases/{reference}/acknowledge", {**DEFINITION, "points-0": "x" * 50_001})
    assert "#points-0" in page.errors
    assert len(page.value("points-0")) == 50_001


def test_only_the_usual_next_step_is_the_main_button(app, lead: Browser, office: Office) -> None:
    handler, second = (Browser(app).sign_in(each) for each in (office.handler, office.second))
    reference = office.submit(MONDAY)
    path = f"cases/{reference}"
    assert main_buttons(lead, path) == ["Choose who handles this stage"]
    office.assign(reference, MONDAY)
    assert main_buttons(handler, path) == ["Acknowledge"]
    office.acknowledge(reference, MONDAY)
    assert (main_buttons(handler, path), main_buttons(lead, path)) == (["Answer the complaint"], [])
    office.answer(reference, MONDAY)
    assert (main_buttons(handler, path), main_buttons(lead, path)) == ([], [])  # the resident's turn
    office.escalate(reference, MONDAY)
    office.assign(reference, MONDAY, to=office.second)
    office.acknowledge(reference, MONDAY, actor=office.second)
    office.answer(reference, MONDAY, actor=office.second)
    assert main_buttons(second, path) == ["Close"]
    office.withdraw(reference, MONDAY)
    assert main_buttons(lead, path) == []


def main_buttons(browser: Browser, path: str) -> list[str]:
    """What the page of a case offers first: the words of its buttons."""
    return re.findall(r'<a class="govuk-button"[^>]*>([^<]+)<', browser.get(path).html)


def test_the_button_of_an_act_says_what_it_does(lead: Browser, office: Office) -> None:
    reference = office.submit(MONDAY)
    for path, words in (("new-code", "Give a new code"), ("named-staff", "Record these names")):
        page = lead.get(f"cases/{reference}/{path}").html
        assert f">{words}</button>" in page
        assert ">Save</button>" not in page


def test_flags_say_what_to_weigh(lead: Browser, office: Office) -> None:
    from portal.domain.events import Person, ReplyBy

    reference = office.submit(MONDAY, person=Person(), reply_by=ReplyBy.NONE)
    assert case_of(office, reference).flags == (Flag.ANONYMOUS,)
    assert "protect the person’s wish not to be known" in lead.get(f"cases/{reference}").words


def test_whoever_hears_by_phone_is_on_the_list_until_the_call_is_recorded(lead: Browser, office: Office) -> None:
    person = Person(name="Resident One", phone="01632 960 001")
    reference = office.submit(MONDAY, person=person, reply_by=ReplyBy.PHONE)
    office.assign(reference, MONDAY)
    assert "Call them" not in lead.get("").words
    office.acknowledge(reference, MONDAY)
    for page in ("", f"cases/{reference}"):
        assert "Call them" in lead.get(page).words
    letter = f"cases/{reference}/letters/{office.letters(reference)[-1].id}"
    assert "01632 960 001" in lead.get(letter).words
    sent = {**day("called_on", MONDAY), "reached": "no", "words": "Nobody answered."}
    assert list(lead.post(f"{letter}/called", {**sent, "reached": ""}).errors) == ["#reached"]
    assert lead.post(f"{letter}/called", {**sent, "words": ""}).value("called_on-day") == str(MONDAY.day)
    assert lead.post(f"{letter}/called", sent).status == 303
    assert "Call them" in lead.get("").words
    assert lead.post(f"{letter}/called", {**sent, "reached": "yes"}).status == 303
    for page in ("", f"cases/{reference}"):
        assert "Call them" not in lead.get(page).words
    assert "Told by phone" in lead.get(f"cases/{reference}").words
    assert lead.post(f"{letter}/called", {**sent, "reached": "yes"}).status == 422


def test_whoever_loses_the_right_to_act_while_writing_gets_their_words_back(handler: Browser, office: Office) -> None:
    reference = office.acknowledged(MONDAY)
    office.assign(reference, MONDAY, to=office.colleague)
    page = handler.post(f"cases/{reference}/respond", {"answers-0-reasons": "The roofer came late.", "version": "1"})
    assert page.status == 403
    assert "What you wrote" in page.words
    assert "The roofer came late." in page.words
    assert "What you wrote" not in handler.get(f"cases/{reference}/respond").words


def test_whoever_is_kept_out_of_a_complaint_while_writing_gets_their_words_back_and_learns_nothing(
    handler: Browser, office: Office
) -> None:
    """A complaint that was made up and one that is kept from them are answered in the very same words."""
    reference, wrote = office.acknowledged(MONDAY), {"answers-0-reasons": "The roofer came late.", "version": "1"}
    office.assign(reference, MONDAY, to=office.colleague)
    office.do(restrict_complaint, office.lead, reference, [], reason="It names a colleague.", on=MONDAY)
    kept_out, made_up = (handler.post(f"cases/{each}/respond", wrote) for each in (reference, "H4KM-73QT"))
    assert (kept_out.status, made_up.status) == (404, 404)
    assert "The roofer came late." in kept_out.words
    assert kept_out.html.replace(reference, "") == made_up.html.replace("H4KM-73QT", "")
    assert "What you wrote" not in handler.get(f"cases/{reference}/respond").words


def test_staff_are_shown_why_an_acknowledgement_does_not_count_yet(lead: Browser, office: Office) -> None:
    reference = submitted_for(office)
    office.assign(reference, MONDAY)
    assert "does not count as given" in lead.get(f"cases/{reference}/acknowledge").words
    office.acknowledge(reference, MONDAY)
    page = lead.get(f"cases/{reference}").words
    assert "The acknowledgement is written and waits too." in page
    assert "Acknowledge the complaint: Monday 9 November 2026" in page
