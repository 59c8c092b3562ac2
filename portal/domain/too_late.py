"""What staff are told who come to a stage when it is over."""

from __future__ import annotations

from portal.domain.saying import say

STAGE_HAS_ENDED = say("This stage has ended: who handles it is not asked any more.")
NO_ANSWER_TO_CHECK = say("An answer is checked only between the acknowledgement and the answer itself.")
NOTHING_OWED = say("This stage has ended: no answer is owed.")
