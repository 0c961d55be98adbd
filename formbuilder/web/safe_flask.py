"""Flask without its two ways of writing what people send: temporary files and traces."""

from typing import IO, Any

from werkzeug.exceptions import RequestEntityTooLarge

from formbuilder.safe_logs import without_words
from formbuilder.web.lean import LeanFlask, LeanRequest, LeanResponse


class SafeRequest(LeanRequest):
    """A request whose files only `multipart.read_fields` may read (promise 5)."""

    def _get_file_stream(self, *_: Any, **__: Any) -> IO[bytes]:
        # Werkzeug would keep it in a temporary file; no form of ours comes here.
        raise RequestEntityTooLarge


class SafeFlask(LeanFlask):
    """Flask that logs what kind of error it was and where, never its words."""

    request_class = SafeRequest
    response_class = LeanResponse

    def __init__(self, *values: Any, **more: Any) -> None:
        super().__init__(*values, **more)
        if without_words not in self.logger.filters:
            self.logger.addFilter(without_words)
