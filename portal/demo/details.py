"""What makes one made-up complaint unlike another: who it is from, and a sentence of its own."""

from __future__ import annotations

from random import Random

from portal.demo import people
from portal.domain.events import Person

MIDDLE = (*people.FIRST_NAMES, *"ABDEJMRST")
"""Some have a second name, others write a letter for it."""

AWKWARD_NAMES = (
    people.LONG_NAME,
    people.RIGHT_TO_LEFT_NAME,
    people.EMOJI_NAME,
    people.HOSTILE_NAME,
    people.OVERRIDE_NAME,
    "Li",
    "Seán Ó Briain-O’Hallorhan",
    "Małgorzata Żółkiewska",
    "Null",
)
AWKWARD_WORDS = (people.HOSTILE_WORDS, people.RIGHT_TO_LEFT_WORDS, people.EMOJI_WORDS)

ROOMS = ("kitchen", "bathroom", "hallway", "bedroom", "living room", "landing", "porch", "loft", "yard", "bin store")
THINGS = (
    "tap",
    "extractor fan",
    "storage heater",
    "radiator",
    "skirting board",
    "smoke alarm",
    "handrail",
    "letterbox",
    "gutter",
    "downpipe",
    "socket",
    "light fitting",
    "worktop",
    "ceiling",
    "floorboard",
    "cistern",
    "shower tray",
    "door closer",
    "entry phone",
    "meter cupboard",
    "airbrick",
    "lintel",
    "banister",
    "thermostat",
    "window catch",
    "gate",
    "fence panel",
    "drain cover",
    "stopcock",
    "immersion heater",
)
SAID = (
    "The {thing} in the {room} is part of it. I reported it under job {job}, and was told to wait.",
    "My neighbour saw the {thing} come loose in the {room}. The job number I was given is {job}.",
    "Since job {job} was closed the {thing} in the {room} has been worse than before.",
    "I have photos of the {thing} in the {room}, and the text message about job {job}.",
)


def somebody(dice: Random) -> Person:
    """Mostly somebody with an ordinary name; one in fifty has one that forms and lists stumble over."""
    person = people.a_person(dice, None if dice.random() < 0.4 else _a_longer_name(dice))
    if dice.random() < 0.02:
        return people.a_person(dice, dice.choice(AWKWARD_NAMES))
    return person


def _a_longer_name(dice: Random) -> str:
    first, surname = people.a_name(dice).split(" ", 1)
    if dice.random() < 0.25:
        surname = f"{surname.partition('-')[0]}-{dice.choice(people.SURNAMES).partition('-')[0]}"
    return f"{first} {dice.choice(MIDDLE)} {surname}"


def a_detail(dice: Random) -> str:
    """A sentence or two that no other complaint has; one in a hundred is hostile, or in another script."""
    if dice.random() < 0.01:
        return dice.choice(AWKWARD_WORDS)
    words = {"thing": dice.choice(THINGS), "room": dice.choice(ROOMS), "job": f"WO{dice.randrange(1_000_000):06}"}
    return dice.choice(SAID).format(**words)


def a_file_number(dice: Random) -> str:
    """What somebody who acts for residents files it under."""
    return f"{dice.choice('ABCDEF')}{dice.choice('JKLMN')}/{dice.randrange(2024, 2027)}/{dice.randrange(1, 2000)}"
