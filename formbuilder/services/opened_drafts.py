"""Drafts opened a moment ago: a page's post and the next page settle answers once.

A draft is found by its whole row as the database has it now, sealed bytes and all, so
whoever may not read the row finds nothing, and what has changed is opened anew. It is
let go when its person logs out, and `KEPT_FOR` after it was opened at the latest; other
processes that opened it let it go by their clock.
"""

from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock
from typing import Final

from formbuilder.database.drafts import DraftRow
from formbuilder.services.draft_views import Draft
from schemas.compiling import CompiledForm

KEPT_FOR: Final = timedelta(minutes=5)
MOST: Final = 128
"""How many drafts one process keeps open; the one opened first goes first."""


class OpenedDrafts:
    """At most `MOST` drafts, by municipality and id, with what each was made of."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._lock = Lock()
        self._kept: OrderedDict[
            tuple[str, str], tuple[datetime, DraftRow, CompiledForm, Draft]
        ] = OrderedDict()

    def get(
        self, tenant: str, row: DraftRow, form: CompiledForm, make: Callable[[], Draft]
    ) -> Draft:
        """Return the draft of this row, made now unless it was a moment ago."""
        key, now = (tenant, row.id), self._clock()
        with self._lock:
            self._let_go(now)
            found = self._kept.get(key)
        if found is not None and found[1] == row and found[2] is form:
            return found[3]
        draft = make()
        with self._lock:
            self._kept[key] = (now, row, form, draft)
            self._kept.move_to_end(key)
        return draft

    def tidy(self) -> None:
        """Let go of what was opened `KEPT_FOR` ago, also where nobody asks for more."""
        with self._lock:
            self._let_go(self._clock())

    def forget(self, tenant: str, person_key: str) -> None:
        """Let go of everything of a person's."""
        with self._lock:
            for key, (_, row, *_) in tuple(self._kept.items()):
                if key[0] == tenant and row.person_key == person_key:
                    del self._kept[key]

    def _let_go(self, now: datetime) -> None:
        while self._kept:
            oldest = next(iter(self._kept))
            at = self._kept[oldest][0]
            if len(self._kept) <= MOST and now - at < KEPT_FOR:
                return
            del self._kept[oldest]
