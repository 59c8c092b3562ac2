"""In which language somebody needs an interpreter: one of the list, or another in their own words.

It is asked with the interpreter, so that staff can book one. It is no matter of who somebody is, and of nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from portal.domain.saying import Saying, say


class Spoken(StrEnum):
    """Languages and ways to speak for which landlords are asked. The values are their codes (BCP 47).

    The spoken ones are those that most people in the UK name as their main language other than English, and its own;
    `x-` is what has no code of its own.
    """

    ALBANIAN = "sq"
    AMHARIC = "am"
    ARABIC = "ar"
    BENGALI = "bn"
    BULGARIAN = "bg"
    CANTONESE = "yue"
    CZECH = "cs"
    DARI = "prs"
    FARSI = "fa"
    FRENCH = "fr"
    GAELIC = "gd"
    GREEK = "el"
    GUJARATI = "gu"
    HINDI = "hi"
    HUNGARIAN = "hu"
    IRISH = "ga"
    ITALIAN = "it"
    KURDISH_KURMANJI = "kmr"
    KURDISH_SORANI = "ckb"
    LATVIAN = "lv"
    LITHUANIAN = "lt"
    MALAYALAM = "ml"
    MANDARIN = "cmn"
    NEPALI = "ne"
    PASHTO = "ps"
    POLISH = "pl"
    PORTUGUESE = "pt"
    PUNJABI = "pa"
    ROMANI = "rom"
    ROMANIAN = "ro"
    RUSSIAN = "ru"
    SLOVAK = "sk"
    SOMALI = "so"
    SPANISH = "es"
    SWAHILI = "sw"
    SYLHETI = "syl"
    TAMIL = "ta"
    TIGRINYA = "ti"
    TURKISH = "tr"
    UKRAINIAN = "uk"
    URDU = "ur"
    VIETNAMESE = "vi"
    WELSH = "cy"
    YORUBA = "yo"
    BSL = "bfi"
    IRISH_SIGN_LANGUAGE = "isg"
    SIGN_SUPPORTED_ENGLISH = "x-sse"
    LIP_SPEAKING = "x-lip"
    DEAFBLIND_MANUAL = "x-deafblind"
    OTHER = "other"


NAMES: Mapping[Spoken, Saying] = {
    Spoken.ALBANIAN: say("Albanian"),
    Spoken.AMHARIC: say("Amharic"),
    Spoken.ARABIC: say("Arabic"),
    Spoken.BENGALI: say("Bengali"),
    Spoken.BULGARIAN: say("Bulgarian"),
    Spoken.CANTONESE: say("Cantonese"),
    Spoken.CZECH: say("Czech"),
    Spoken.DARI: say("Dari"),
    Spoken.FARSI: say("Farsi (Persian)"),
    Spoken.FRENCH: say("French"),
    Spoken.GAELIC: say("Scottish Gaelic"),
    Spoken.GREEK: say("Greek"),
    Spoken.GUJARATI: say("Gujarati"),
    Spoken.HINDI: say("Hindi"),
    Spoken.HUNGARIAN: say("Hungarian"),
    Spoken.IRISH: say("Irish"),
    Spoken.ITALIAN: say("Italian"),
    Spoken.KURDISH_KURMANJI: say("Kurdish (Kurmanji)"),
    Spoken.KURDISH_SORANI: say("Kurdish (Sorani)"),
    Spoken.LATVIAN: say("Latvian"),
    Spoken.LITHUANIAN: say("Lithuanian"),
    Spoken.MALAYALAM: say("Malayalam"),
    Spoken.MANDARIN: say("Mandarin"),
    Spoken.NEPALI: say("Nepali"),
    Spoken.PASHTO: say("Pashto"),
    Spoken.POLISH: say("Polish"),
    Spoken.PORTUGUESE: say("Portuguese"),
    Spoken.PUNJABI: say("Punjabi"),
    Spoken.ROMANI: say("Romani"),
    Spoken.ROMANIAN: say("Romanian"),
    Spoken.RUSSIAN: say("Russian"),
    Spoken.SLOVAK: say("Slovak"),
    Spoken.SOMALI: say("Somali"),
    Spoken.SPANISH: say("Spanish"),
    Spoken.SWAHILI: say("Swahili"),
    Spoken.SYLHETI: say("Sylheti"),
    Spoken.TAMIL: say("Tamil"),
    Spoken.TIGRINYA: say("Tigrinya"),
    Spoken.TURKISH: say("Turkish"),
    Spoken.UKRAINIAN: say("Ukrainian"),
    Spoken.URDU: say("Urdu"),
    Spoken.VIETNAMESE: say("Vietnamese"),
    Spoken.WELSH: say("Welsh"),
    Spoken.YORUBA: say("Yoruba"),
    Spoken.BSL: say("British Sign Language"),
    Spoken.IRISH_SIGN_LANGUAGE: say("Irish Sign Language"),
    Spoken.SIGN_SUPPORTED_ENGLISH: say("Sign Supported English"),
    Spoken.LIP_SPEAKING: say("Lip speaking"),
    Spoken.DEAFBLIND_MANUAL: say("Deafblind manual"),
    Spoken.OTHER: say("Another language"),
}

assert set(NAMES) == set(Spoken)


@dataclass(frozen=True, slots=True)
class Interpreting:
    """What to interpret into. `words`: which language it is where the list has it not, or more about it."""

    language: Spoken | None = None
    words: str = ""

    def __bool__(self) -> bool:
        return self.language is not None or bool(self.words.strip())


NOT_SAID = Interpreting()


def chosen(code: str, words: str) -> Interpreting:
    """What was chosen and typed. Words alone are another language; nothing at all is no answer.

    Raises ValueError for a code that is not in the list.
    """
    language = Spoken(code) if code else Spoken.OTHER if words.strip() else None
    return Interpreting(language, words.strip())


def name_of(asked: Interpreting) -> Saying | str:
    """The language in words: "Polish", "Arabic (Sudan)", or what they typed. Empty where it was not said."""
    if asked.language in (None, Spoken.OTHER) and asked.words:
        return asked.words
    name = NAMES[asked.language] if asked.language else ""
    return say("%(language)s (%(more)s)", language=name, more=asked.words) if name and asked.words else name
