"""The view a delivery was made by: what people call it, its columns and its codes."""

from collections.abc import Mapping
from dataclasses import dataclass

from formbuilder.database.inbox import InboxRow
from formbuilder.services.following import Following
from formbuilder.services.forms import Forms
from schemas.column_words import in_words
from schemas.columns import column_title, receiver_title
from schemas.compiling import CompiledForm
from schemas.definition import Json, Receiver
from schemas.projection import receivers

Column = tuple[str, str, Json]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiverView:
    """A receiver of the form version a delivery was made from."""

    form: CompiledForm
    receiver: Receiver
    case_id: str
    child: str

    def title_in(self, language: str) -> str:
        """Return what the view is called."""
        return receiver_title(self.form, self.receiver, language)

    def in_words(
        self, column: Column, language: str, files: Mapping[str, str] | None = None
    ) -> Column:
        """Return a column as people read it in their language, files by their names."""
        name, title, value = column
        for field in self.receiver.fields:
            if field.name == name:
                title = column_title(self.form, self.receiver, field, language)
        said = in_words(self.form, self.receiver, name, value, language, files)
        return name, title, said


class ReceiverViews:
    """Finds the view of a delivery."""

    def __init__(self, forms: Forms, following: Following) -> None:
        self._forms = forms
        self._following = following

    def find(self, tenant: str, row: InboxRow) -> ReceiverView | None:
        """Return the view, none if what it was made from is gone."""
        case = self._following.case(tenant, row.order_id)
        if case is None:
            return None
        form = self._forms.at(tenant, case.form_id, case.version)
        receiver = next((r for r in receivers(form) if r.id == row.receiver), None)
        if receiver is None:
            return None
        return ReceiverView(
            form=form, receiver=receiver, case_id=case.case_id, child=case.child
        )
