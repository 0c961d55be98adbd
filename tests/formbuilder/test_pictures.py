"""A picture keeps every pixel, and nothing that tells where it was taken."""

import io
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from formbuilder.pictures import MOST, without_metadata
from schemas.errors import InvalidAnswer

GPS, ORIENTATION, MAKER = 0x8825, 0x0112, 0x010F
LATITUDE = 2
SIDEWAYS = 6


def picture(kind: str, **options: object) -> bytes:
    """Return a picture as a phone makes it, with place and maker."""
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKER] = SIDEWAYS, "Fabrikanten"
    exif.get_ifd(GPS)[LATITUDE] = (59.0, 20.0, 1.0)
    made = io.BytesIO()
    image = Image.effect_noise((97, 61), 70).convert("RGB")
    image.save(made, kind, exif=exif.tobytes(), comment=b"Hemma hos oss", **options)
    return made.getvalue()


PICTURES = {
    "baseline": picture("JPEG", quality=90),
    "progressive": picture("JPEG", quality=70, progressive=True),
    "restarts": picture("JPEG", restart_marker_blocks=2),
    "png": picture("PNG"),
}
every_picture = pytest.mark.parametrize("content", PICTURES.values(), ids=PICTURES)


def cleaned(content: bytes, size: int = 1000) -> bytes:
    pieces = (content[at : at + size] for at in range(0, len(content), size))
    return b"".join(without_metadata(pieces))


def pixels(content: bytes) -> bytes:
    with Image.open(io.BytesIO(content)) as opened:
        return opened.tobytes()


@every_picture
def test_the_pixels_are_the_same(content: bytes) -> None:
    assert pixels(content) == pixels(cleaned(content))


@every_picture
def test_neither_place_nor_maker_nor_comment_is_left(content: bytes) -> None:
    left = cleaned(content)

    assert b"Fabrikanten" in content
    assert b"Fabrikanten" not in left
    assert b"Hemma" not in left
    with Image.open(io.BytesIO(left)) as opened:
        assert not opened.getexif().get_ifd(GPS)


@pytest.mark.parametrize("order", ["<", ">"])
def test_a_photo_is_still_shown_the_right_way_up(order: str) -> None:
    exif = Image.Exif()
    exif.endian = order
    exif[ORIENTATION] = SIDEWAYS
    made = io.BytesIO()
    Image.new("RGB", (8, 8)).save(made, "JPEG", exif=exif.tobytes())

    with Image.open(io.BytesIO(cleaned(made.getvalue()))) as opened:
        assert {ORIENTATION: SIDEWAYS} == dict(opened.getexif())


@every_picture
def test_what_follows_the_end_is_left_out(content: bytes) -> None:
    assert cleaned(content) == cleaned(content + b"59.33 N 18.06 E")


@every_picture
@given(size=st.integers(1, 400))
def test_how_it_is_cut_in_pieces_makes_no_difference(content: bytes, size: int) -> None:
    assert cleaned(content) == cleaned(content, size)


@every_picture
def test_cleaning_twice_changes_nothing_more(content: bytes) -> None:
    assert cleaned(content) == cleaned(cleaned(content))


@every_picture
@given(share=st.floats(0.2, 0.95))
def test_a_picture_that_is_cut_off_is_refused(content: bytes, share: float) -> None:
    with pytest.raises(InvalidAnswer, match="file-damaged"):
        cleaned(content[: int(len(content) * share)])


@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"]),
)
def test_any_bytes_pass_or_are_refused(content: bytes, start: bytes) -> None:
    try:
        cleaned(start + content, 7)
    except InvalidAnswer:
        assert start


@given(st.binary(max_size=300).filter(lambda b: b[:1] not in {b"\xff", b"\x89"}))
def test_another_file_is_left_as_it_is(content: bytes) -> None:
    assert content == cleaned(content, 9)


CLAIMS_MUCH = b"Exif\0\0II*\0\x08\0\0\0\xff\xff"
ENDLESS = {
    "restarts": (b"\xff\xd8", b"\xff\xd0", b"\xff\xd9"),
    "comments": (b"\xff\xd8", b"\xff\xfe\0\2", b"\xff\xd9"),
    "chunks": (b"\x89PNG\r\n\x1a\n", b"\0\0\0\0abCd\0\0\0\0", b""),
}


@pytest.mark.parametrize("parts", ENDLESS.values(), ids=ENDLESS)
def test_more_parts_than_any_picture_has_are_refused(
    parts: tuple[bytes, bytes, bytes],
) -> None:
    start, part, end = parts

    with pytest.raises(InvalidAnswer, match="file-damaged"):
        cleaned(start + part * MOST + end, 64 * 1024)


def test_places_that_are_said_to_be_there_and_are_not_are_not_looked_at() -> None:
    segment = b"\xff\xe1" + (len(CLAIMS_MUCH) + 2).to_bytes(2, "big") + CLAIMS_MUCH
    began = time.process_time()

    left = cleaned(b"\xff\xd8" + segment * 500 + b"\xff\xd9", 64 * 1024)

    assert left == b"\xff\xd8\xff\xd9"
    assert time.process_time() - began < 1


def test_a_picture_may_be_padded() -> None:
    padding = b"\xff" * 200_000

    assert cleaned(b"\xff\xd8" + padding + b"\xff\xd9", 999) == b"\xff\xd8\xff\xd9"
