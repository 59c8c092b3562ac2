"""Made-up people. Telephone numbers are those that Ofcom keeps for drama, addresses of the net those kept for examples.

Streets are invented, and no place has a postcode that begins with ZZ.
"""

from __future__ import annotations

import re
from random import Random

from portal.domain.events import Person

FIRST_NAMES = (
    "Amina",
    "Bogdan",
    "Ceri",
    "Dilys",
    "Efua",
    "Farid",
    "Greta",
    "Hamza",
    "Imogen",
    "Jarek",
    "Kwame",
    "Leila",
    "Marek",
    "Nkechi",
    "Oisin",
    "Priya",
    "Rhiannon",
    "Saoirse",
    "Tomasz",
    "Ursula",
    "Vikram",
    "Winifred",
    "Xiomara",
    "Yusuf",
    "Zofia",
    "Beatriz",
    "Callum",
    "Delroy",
    "Eilidh",
    "Femi",
)
SURNAMES = (
    "Abara",
    "Brindle",
    "Castellan",
    "Dunmore",
    "Ekwueme",
    "Fairweather",
    "Gwynfor",
    "Hallorhan",
    "Iversen",
    "Jarrold",
    "Kowalczuk",
    "Lindqvist",
    "Mbeki-Stone",
    "Nethersole",
    "Okparaebo",
    "Pennyfather",
    "Quarrington",
    "Rashidzada",
    "Sallowfield",
    "Tregarthen",
    "Underhay",
    "Vantongeren",
    "Whitmarsh",
    "Yelverton",
    "Zielonka",
    "Ardmillan",
    "Bexwell",
    "Coverdale",
    "Drinkwater",
    "Elmhirst",
)
STREETS = (
    "Larkspur Walk",
    "Copperbeech House",
    "Tanner's Yard",
    "Old Ropewalk",
    "Saltmarsh Court",
    "Weighbridge Row",
    "Dovecote Rise",
    "Lampwright Close",
)

LONG_NAME = "Wilhelmina Anastasia Featherstonehaugh-Cholmondeley-Majoribanks of the Upper Weighbridge Tenants"
RIGHT_TO_LEFT_NAME = "ليلى الحدّاد"
EMOJI_NAME = "Sunny 🌻 Drinkwater"
HOSTILE_NAME = "<script>alert('name')</script> {{ 7 * 7 }}"
OVERRIDE_NAME = "Marek \u202edrawkcab\u202c Zielonka"

RIGHT_TO_LEFT_WORDS = (
    "المصعد معطّل منذ ثلاثة أسابيع وأنا أسكن في الطابق السادس مع والدتي. اتصلت بكم أربع مرات ولم يرد أحد. "
    "أرجو إصلاح المصعد وإخباري بموعد واضح."
)
HOSTILE_WORDS = (
    "<script>alert('words')</script><img src=x onerror=alert(1)>\n"
    "{{ config }} {% for each in self %} ${7*7}\n'; DROP TABLE complaints; --\n"
    "[a link](javascript:alert(1)) # not a heading\n"
    "\u202eread backwards\u202c, and a word without an end: " + "windowpane" * 30 + "\n"
    "I am writing this way because your form once lost what I wrote. My window is still broken."
)
EMOJI_WORDS = (
    "The heating is on 🔥 all day and cannot be turned down 🥵. It is 29 degrees in the bedroom and the baby 👶🏽 "
    "cannot sleep. I have asked three times 😞."
)
LONG_WORDS = (
    "I will put down everything in order, because every time I speak to someone new I have to begin again.\n\n"
    + "\n\n".join(
        f"{day}. I rang in the morning and waited on the line. I was told that the repair was on the list and that "
        "somebody would ring me back before the end of the day. Nobody rang. I wrote down the time and the name I "
        "was given, and I can send you the list if it would help."
        for day in range(1, 31)
    )
)


def a_name(dice: Random) -> str:
    """A first name and a surname."""
    return f"{dice.choice(FIRST_NAMES)} {dice.choice(SURNAMES)}"


def a_person(dice: Random, name: str | None = None) -> Person:
    """Somebody who can be reached in every way."""
    name = name or a_name(dice)
    return Person(
        name=name,
        email=f"{_plain(name)}.{dice.randrange(10, 99)}@example.com",
        phone=f"07700 900{dice.randrange(1000):03}",
        address=f"{_home(dice)} {dice.choice(STREETS)}",
        postcode=f"ZZ{dice.randrange(1, 10)} {dice.randrange(1, 10)}{dice.choice('ABDEFGH')}{dice.choice('JLNPQRS')}",
    )


def _home(dice: Random) -> str:
    return f"Flat {dice.randrange(1, 60)}," if dice.random() < 0.4 else str(dice.randrange(1, 140))


def _plain(name: str) -> str:
    """The part of an email address before the @: what is left of a name in plain letters."""
    words = re.findall("[a-z]+", name.lower())
    return ".".join(words)[:30].strip(".") or "resident"
