"""The same sealed letter as part of a page, as plain text, and as an email."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from email.utils import formataddr
from functools import cache, partial
from textwrap import indent, wrap

import nh3
from flask_mail import Message
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markdown_it.tree import SyntaxTreeNode
from markupsafe import Markup

from portal.domain.enquiries import EnquiryLetterKind
from portal.domain.policy import Landlord, LetterKind
from portal.paths import folder
from portal.post.pdf import CannotBeSet, is_quick, pdf
from portal.post.source import rendered, tree_of
from portal.records.models import EnquiryLetter, LetterRow
from portal.translation import catalogue, read_in

TAGS = {"h2", "h3", "p", "ul", "ol", "li", "blockquote", "strong", "em", "br", "a"}

AUTOMATIC: frozenset[LetterKind | EnquiryLetterKind] = frozenset(
    {
        EnquiryLetterKind.PETITION_ACKNOWLEDGEMENT,
        EnquiryLetterKind.SERVICE_ACKNOWLEDGEMENT,
        EnquiryLetterKind.CHIEF_EXECUTIVE,
        LetterKind.RECEIPT,
        LetterKind.RECEIPT_STAGE_2,
        LetterKind.LIMIT_MISSED,
        LetterKind.CODE_CHANGED,
        LetterKind.CONTACT_CHANGED,
        LetterKind.REPRESENTATIVE_RECEIPT,
        LetterKind.REPRESENTATIVE_ENDED,
        LetterKind.WHO_ACTS,
        LetterKind.MEMBER_JOINED,
    }
)
"""Letters that the portal writes by itself: marked, so that no holiday reply answers them (RFC 3834)."""


class Email(Message):
    """An email that is the same bytes whenever it is asked for, so that what is kept is what went."""

    _made: bytes | None = None

    def as_bytes(self) -> bytes:
        # Each making would draw other marks between its parts by lot.
        if self._made is None:
            self._made = super().as_bytes()
        return self._made


WIDTH = 72
INDENT = 4


def html(source: str) -> Markup:
    """A letter for a page that has its own h1: headings begin at h2."""
    clean = nh3.clean(
        rendered(source),
        tags=TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https"},
        link_rel="noopener",
    )
    return Markup(clean)  # noqa: S704 - it has just been cleaned


def plain_text(source: str, width: int = WIDTH) -> str:
    """A letter to read anywhere, wrapped at `width` characters."""
    return _plain(tree_of(source), width)


def email(letter: LetterRow | EnquiryLetter, landlord: Landlord, *, sender: str, base_url: str) -> Message:
    """A letter as text and HTML side by side, or as text alone. Nothing in it is fetched from anywhere.

    Where a size of type was asked for, the HTML is in that size and the letter is attached as a PDF in it, but for one
    as long as a book: setting that would keep everybody else's letters waiting, and its page has it to print. Every try
    carries the same Message-ID, so that a letter sent twice can be known for one.
    """
    followed = f"{base_url}/{landlord.key}/" if isinstance(letter, LetterRow) else ""
    said, around = letter.body, {"subject": letter.subject, "address": followed}
    frame = partial(_frame, letter.language)
    message = Email(
        subject=letter.subject,
        recipients=[letter.to_address],
        sender=formataddr((landlord.name, sender)),
        reply_to=landlord.contact.email,
        body=frame("txt", letter=plain_text(said), **around),
        html=None if letter.plain_text else frame("html", letter=html(said), size=letter.type_size, **around),
        date=letter.written_at.timestamp(),
        extra_headers={"Auto-Submitted": "auto-generated"} if letter.kind in AUTOMATIC else {},
    )
    if letter.type_size and not letter.plain_text and is_quick(letter):
        # The same words in the same size stand in the email itself: it goes without its copy to print.
        with suppress(CannotBeSet):
            message.attach("letter.pdf", "application/pdf", pdf(letter, landlord))
    message.msgId = f"<{letter.id}@{sender.rpartition('@')[2]}>"
    return message


@cache
def _frames(language: str) -> Environment:
    """What stands around a letter in an email; the letter itself is ready."""
    frames = Environment(
        loader=FileSystemLoader(folder("templates")),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        extensions=["jinja2.ext.i18n"],
    )
    frames.policies["ext.i18n.trimmed"] = True
    frames.install_gettext_translations(catalogue(language), newstyle=True)  # type: ignore[attr-defined]
    frames.globals.update(read_in(language))
    return frames


def framed(name: str, language: str, **values: str) -> str:
    """Words that are ready, as the page of an email."""
    return _frames(language).get_template(f"letters/{name}.html").render(values)


def _frame(language: str, ending: str, **values: object) -> str:
    return _frames(language).get_template(f"letters/email.{ending}").render(values)


def _plain(node: SyntaxTreeNode, width: int) -> str:
    """A block of a letter as text."""
    match node.type:
        case "heading" | "paragraph":
            return _wrapped(_words(node.children[0].children), width)
        case "bullet_list" | "ordered_list":
            return "\n".join(_item(node, number, width) for number in range(len(node.children)))
        case "blockquote":
            return indent(_blocks(node, width - INDENT), " " * INDENT)
        case _:
            return _blocks(node, width)


def _blocks(node: SyntaxTreeNode, width: int) -> str:
    return "\n\n".join(_plain(child, width) for child in node.children)


def _item(around: SyntaxTreeNode, number: int, width: int) -> str:
    mark = "- " if around.type == "bullet_list" else f"{number + 1}. "
    words = _blocks(around.children[number], width - len(mark))
    return mark + indent(words, " " * len(mark)).lstrip()


def _words(nodes: Sequence[SyntaxTreeNode]) -> str:
    return "".join(_said(node) for node in nodes)


def _said(node: SyntaxTreeNode) -> str:
    if node.type == "softbreak":
        return " "
    if node.type == "hardbreak":
        return "\n"
    return _words(node.children) if node.children else node.content


def _wrapped(words: str, width: int) -> str:
    """Each line wrapped on its own; a web address is never broken."""
    lines = (wrap(line, width, break_long_words=False, break_on_hyphens=False) for line in words.split("\n"))
    return "\n".join("\n".join(line) for line in lines)
