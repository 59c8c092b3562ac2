"""Domains in which anybody can have an address, so that an address there shows no office.

The large providers of mail that people in the United Kingdom use, and the parts of the net that many share. The list is
short on purpose: staff name the domain of each office, and this catches the slip.
"""

from __future__ import annotations

PROVIDERS = frozenset(
    """
    aol.co.uk aol.com blueyonder.co.uk btinternet.com btopenworld.com duck.com fastmail.com gmail.com gmx.co.uk gmx.com
    googlemail.com hey.com hotmail.co.uk hotmail.com icloud.com live.co.uk live.com mac.com mail.com me.com msn.com
    ntlworld.com orange.net outlook.com plusnet.com proton.me protonmail.com sky.com talktalk.net tiscali.co.uk
    virginmedia.com yahoo.co.uk yahoo.com yandex.com ymail.com zoho.com
    """.split()  # noqa: SIM905 - easier to read
)

SHARED = frozenset(
    """
    ac.uk co.uk gov.scot gov.uk gov.wales ltd.uk me.uk net.uk nhs.net nhs.uk org.uk plc.uk
    """.split()  # noqa: SIM905 - easier to read
)


def is_public(domain: str) -> bool:
    """Whether the domain is a provider's, is shared by many, or is none at all, such as `uk`."""
    return "." not in domain.strip(".") or domain in PROVIDERS | SHARED
