"""The scanner that the settings name."""

from formbuilder.config import Settings
from formbuilder.scanning.scanner import Scanner
from formbuilder.scanning.scanners.clamav import ClamAV
from formbuilder.scanning.scanners.off import Off


def open_scanner(settings: Settings) -> Scanner:
    """Return ClamAV where its daemon is named, else the scanner that is off."""
    return ClamAV(settings.clamav) if settings.clamav else Off()
