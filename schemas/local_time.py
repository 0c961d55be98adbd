"""The time that days and hours are told in."""

from typing import Final
from zoneinfo import ZoneInfo

LOCAL: Final = ZoneInfo("Europe/Stockholm")
"""Sweden's; whatever is stored is in UTC."""
