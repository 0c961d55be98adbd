"""The documentation as tests read it: pages, blocks, commands, links, tables."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = tuple(
    sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")])
)
FENCE = re.compile(r"^(```+)(\w*)\n(.*?)^\1$", re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"`([\w./-]+)`:\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)|<img src=\"([^\"]+)\"")


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: its language and its text."""

    language: str
    text: str


def name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def text(relative: str) -> str:
    return (ROOT / relative).read_text(encoding="utf-8")


def blocks(page: Path) -> tuple[Block, ...]:
    found = FENCE.finditer(page.read_text(encoding="utf-8"))
    return tuple(Block(one[2], one[3]) for one in found)


def prose(page: Path) -> str:
    """Return the page without its fenced blocks."""
    return FENCE.sub("", page.read_text(encoding="utf-8"))


def links(page: Path) -> tuple[str, ...]:
    return tuple(link or image for link, image in LINK.findall(prose(page)))


def spans(page: Path) -> tuple[str, ...]:
    return tuple(SPAN.findall(prose(page)))


def commands(page: Path) -> Iterator[str]:
    """Yield every `formbuilder …` command of the page, without its prompt."""
    for block in blocks(page):
        if block.language in ("console", "sh", "bash"):
            joined = block.text.replace("\\\n", " ")
            for line in joined.splitlines():
                found = re.match(r"(?:\$ )?(?:\S*/)?formbuilder (.*)", line)
                if found:
                    yield found[1]
    for span in spans(page):
        found = re.match(r"(?:script/)?formbuilder (\S.*)", span)
        if found:
            yield found[1]


def anchors(page: Path) -> frozenset[str]:
    """Return the anchors a page's headings have, as GitHub and GitLab make them."""
    heads = re.findall(r"^#{1,6} (.+)$", prose(page), re.MULTILINE)
    return frozenset(
        re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads
    )


def table(relative: str, heading: str) -> tuple[tuple[str, ...], ...]:
    """Return the rows of the first table whose first heading is this."""
    lines = text(relative).splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith(f"| {heading} |"))
    rows = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        cells = re.split(r"(?<!\\)\|", line)[1:-1]
        rows.append(tuple(cell.strip().replace("\\|", "|") for cell in cells))
    return tuple(rows)


def named_files(page: Path) -> Iterator[tuple[str, str]]:
    yield from NAMED.findall(page.read_text(encoding="utf-8"))
