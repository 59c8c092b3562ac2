"""What becomes of a file that was looked at."""

from __future__ import annotations

from dataclasses import dataclass

from portal.domain.evidence import FileState, WhyRefused


@dataclass(frozen=True, slots=True)
class Verdict:
    """Kept or refused. `shared_digest` names the copy that is shown in place of a photo."""

    state: FileState
    why: WhyRefused | None = None
    shared_digest: str | None = None


class Unfit(Exception):
    """A file that cannot be kept."""

    def __init__(self, why: WhyRefused) -> None:
        super().__init__(why.value)
        self.why = why
