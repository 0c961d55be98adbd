"""Every UI dialect there is, told apart by shape."""

from schemas.importing.layout import UiDialect
from schemas.importing.ui_dialects.json_forms import JsonForms
from schemas.importing.ui_dialects.rjsf import Rjsf

BUILT_IN: tuple[UiDialect, ...] = (JsonForms(), Rjsf())
