"""A form to print and to fill in by hand, as PDF/UA: what is only to be written on is not read aloud."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import lru_cache

from portal.domain.paper import PaperForm
from portal.post.pdf import compiled, printed_in


def paper_pdf(form: PaperForm, timestamp: int) -> bytes:
    """The form as a file. The same form is the same file, and is made once."""
    words = {**asdict(form), **printed_in(form.language)}
    return _made(json.dumps(words, ensure_ascii=False), timestamp)


@lru_cache(maxsize=32)
def _made(words: str, timestamp: int) -> bytes:
    return compiled("paper_form.typ", {"form": words}, timestamp, standard="ua-1")
