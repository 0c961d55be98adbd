"""What authors write in Markdown: some of it, safely, in the page's heading order."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from renderers.html.prose import prose


def levels(text: str, under: int = 2) -> list[str]:
    return re.findall(r"<(h[1-6])>", prose(text, under))


def test_headings_follow_the_block_and_skip_no_level() -> None:
    assert levels("# A\n\n### B\n\n# C\n\n## D") == ["h3", "h4", "h3", "h4"]


def test_a_text_that_begins_low_begins_right_below_the_block() -> None:
    assert levels("### A\n\n#### B") == ["h3", "h4"]


def test_lists_and_emphasis_are_drawn() -> None:
    drawn = prose("- *ett*\n- **två**", 2)

    assert "<ul>\n<li><em>ett</em></li>\n<li><strong>två</strong></li>\n</ul>" in drawn


@pytest.mark.parametrize(
    "target",
    ["https://example.se/a", "mailto:a@example.se", "/om/kakor", "#del", "?a=1"],
)
def test_a_link_leads_to_safe_places(target: str) -> None:
    assert f'<a href="{target}">' in prose(f"[mer]({target})", 2)


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:x",
        "data:text/html,x",
        "http://x.se",
        "//x.se",
    ],
)
def test_a_link_anywhere_else_stays_text(target: str) -> None:
    assert "<a" not in prose(f"[mer]({target})", 2)


@given(text=st.text(alphabet="<>&\"'/=ab #*_[]()!`\n:;-1.\\|", max_size=120))
def test_nothing_an_author_writes_becomes_other_elements(text: str) -> None:
    tree = html.fragment_fromstring(str(prose(text, 2)), create_parent="main")
    allowed = {"main", "p", "ul", "ol", "li", "em", "strong", "a", "br"}
    allowed |= {f"h{level}" for level in (3, 4, 5, 6)}

    assert {element.tag for element in tree.iter()} <= allowed
    assert {name for one in tree.iter() for name in one.attrib} <= {
        "href",
        "title",
        "start",
    }
