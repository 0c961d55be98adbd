"""The scanners there are."""

from formbuilder.scanning.scanners.clamav import ClamAV
from formbuilder.scanning.scanners.off import Off

BUILT_IN = (ClamAV, Off)
