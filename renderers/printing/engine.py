"""WeasyPrint, started once per process with our fonts and nothing of the network."""

import logging
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from types import ModuleType
from typing import Any, Final

from renderers.printing.conformance import declare_accessible, declare_language
from schemas.errors import OperatorError, PermanentError
from schemas.representation import Representation

PACKAGED: Final = "packaged:"
APT_LINE: Final = (
    "apt-get install -y --no-install-recommends "
    "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
)
VARIANT: Final = "pdf/a-3a"
_ONE_AT_A_TIME: Final = threading.Lock()


class CharacterMissing(PermanentError):  # noqa: N818 - a verdict on the text
    """The engine had no glyph for a character; the file would be no PDF/A."""

    def __init__(self, characters: frozenset[str]) -> None:
        self.characters = characters
        points = ", ".join(f"U+{ord(c):04X}" for c in sorted(characters))
        super().__init__(f"No shipped font draws {points}. Write them out instead.")


@dataclass(frozen=True, slots=True)
class Engine:
    """The parts of WeasyPrint that are made once: fonts and parsed style."""

    weasyprint: ModuleType
    fonts: Any
    style: Any
    fetcher: Any

    def pdf(
        self,
        html: str,
        identifier: bytes,
        made_at: datetime,
        attachments: Sequence[Representation],
        beside: str = "",
    ) -> bytes:
        """Return the page as PDF/A-3a that is PDF/UA-1 too.

        `beside` is the language of what stands beside the main text.

        Raises:
            CharacterMissing: the text has a character no font draws.

        """
        page = self.weasyprint.HTML(
            string=html, base_url=PACKAGED, url_fetcher=self.fetcher
        )

        def finish(document: object, pdf: Any) -> None:
            declare_accessible(document, pdf)
            if beside:
                declare_language(pdf, beside)

        # Pango's font map is one per process and must not be used by two threads.
        with _ONE_AT_A_TIME, _missing_characters() as missing:
            content: bytes = page.write_pdf(
                pdf_variant=VARIANT,
                pdf_tags=True,
                pdf_identifier=identifier,
                attachments=[self._attachment(a, made_at) for a in attachments],
                finisher=finish,
                stylesheets=[self.style],
                font_config=self.fonts,
            )
        if missing:
            raise CharacterMissing(frozenset(missing))
        return content

    def _attachment(self, file: Representation, made_at: datetime) -> Any:
        return self.weasyprint.Attachment(
            string=file.content,
            name=file.name,
            description=file.media_type,
            relationship="Source" if file.name == "svar.json" else "Supplement",
            created=made_at,
            modified=made_at,
            url_fetcher=self.fetcher,
        )


@cache
def engine() -> Engine:
    """Start WeasyPrint, or say what the machine lacks.

    Raises:
        OperatorError: a system library is missing.

    """
    weasyprint = _imported()
    fetcher = packaged_only(weasyprint)
    fonts = weasyprint.text.fonts.FontConfiguration()
    style = weasyprint.CSS(
        string=_asset("document.css").decode(),
        base_url=PACKAGED,
        font_config=fonts,
        url_fetcher=fetcher,
    )
    return Engine(weasyprint=weasyprint, fonts=fonts, style=style, fetcher=fetcher)


def _imported() -> ModuleType:
    try:
        import weasyprint  # noqa: PLC0415 - a missing library must not stop the rest
        import weasyprint.text.fonts  # noqa: PLC0415 - as above
    except OSError as error:
        raise OperatorError(
            f"PDF documents need system libraries that are missing ({error}). "
            f"Install them: {APT_LINE}"
        ) from error
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    found: ModuleType = weasyprint
    return found


def packaged_only(weasyprint: ModuleType) -> Any:
    """Return a fetcher that serves our packaged assets and refuses all else."""

    class PackagedFetcher(weasyprint.urls.URLFetcher):  # type: ignore[misc,name-defined]  # the class is found when WeasyPrint is
        def fetch(self, url: str, headers: object = None) -> Any:
            if not url.startswith(PACKAGED):
                raise weasyprint.urls.FatalURLFetchingError(
                    "A document asked for something outside the package."
                )
            body = _asset(url.removeprefix(PACKAGED))
            return weasyprint.urls.URLFetcherResponse(url, body)

    return PackagedFetcher(allowed_protocols=())


def _asset(name: str) -> bytes:
    folder = "fonts" if name.endswith(".ttf") else "printing"
    known = {entry.name: entry for entry in (files("renderers") / folder).iterdir()}
    if name not in known:
        raise PermanentError(f"The package has no asset {name!r}.")
    return known[name].read_bytes()


@contextmanager
def _missing_characters() -> Iterator[set[str]]:
    """Collect the characters WeasyPrint only logs as having no glyph."""
    found: set[str] = set()
    here = threading.get_ident()

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            named = isinstance(record.msg, str) and record.msg.startswith(".notdef")
            if named and record.thread == here and isinstance(record.args, tuple):
                found.add(str(record.args[0]))

    listener = Listener(level=logging.WARNING)
    logger = logging.getLogger("weasyprint")
    logger.addHandler(listener)
    try:
        yield found
    finally:
        logger.removeHandler(listener)
