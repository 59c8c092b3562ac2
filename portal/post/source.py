"""The source of a letter: the little Markdown that it may use, read once for every way in which it is shown."""

from __future__ import annotations

from functools import cache

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

SYNTAX = ("heading", "list", "blockquote", "emphasis", "escape", "newline", "autolink")
"""All the Markdown that a letter may use. Without HTML, images and named links there is little to abuse."""


def rendered(source: str) -> str:
    """A letter as HTML, not yet cleaned."""
    made: str = _markdown().render(source)
    return made


def tree_of(source: str) -> SyntaxTreeNode:
    """A letter as the tree of its blocks."""
    return SyntaxTreeNode(_markdown().parse(source))


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("zero").enable(list(SYNTAX))
