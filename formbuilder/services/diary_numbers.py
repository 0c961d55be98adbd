"""A controller's diary number for a case, taken the first time something arrives."""

from datetime import datetime

from formbuilder.database import diary
from formbuilder.database.connection import TenantConnection
from schemas.acceptance import CaseState
from schemas.directory import Directory
from schemas.local_time import LOCAL


class DiaryNumbers:
    """Diary numbers of one act: one for each controller in a case, kept for good."""

    def __init__(
        self,
        directory: Directory,
        tc: TenantConnection,
        state: CaseState,
        now: datetime,
    ) -> None:
        self._directory = directory
        self._tc = tc
        self._year = now.astimezone(LOCAL).year
        self._known = {
            state.units[v.key].controller: v.diary_number
            for v in state.versions
            if v.diary_number
        }

    def number(self, controller: str) -> str:
        """Return the controller's number for this case, taking one if there is none."""
        if controller not in self._known:
            self._known[controller] = self._next(controller)
        return self._known[controller]

    def _next(self, key: str) -> str:
        controller = self._directory.controllers.get(key)
        series = self._directory.diary_series.get(
            controller.diary_series if controller else ""
        )
        name = series.key if series else key or "diary"
        number = diary.next_number(self._tc, series=name, year=self._year)
        if series is None:
            return f"{name.upper()} {self._year}/{number}"
        return series.number(self._year, number)
