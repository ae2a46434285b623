"""Tests of the PNG writer, against Pillow as a second opinion."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from vault import png
from vault.model.reading import Picture


@st.composite
def pictures(draw: st.DrawFn) -> Picture:
    """Small pictures of every shape, grey and colour."""
    width, height = draw(st.integers(1, 40)), draw(st.integers(1, 40))
    colour = draw(st.booleans())
    size = width * height * (3 if colour else 1)
    return Picture(width, height, draw(st.binary(min_size=size, max_size=size)), colour)


@given(pictures())
def test_pillow_decodes_exactly_the_pixels_that_went_in(picture: Picture) -> None:
    """Size, mode and every pixel, and nothing besides."""
    image = Image.open(io.BytesIO(png.encode(picture)))
    image.load()
    assert image.mode == ("RGB" if picture.colour else "L")
    assert image.size == (picture.width, picture.height)
    assert image.tobytes() == picture.pixels
    assert not image.info


def test_pillow_finds_every_checksum_right() -> None:
    """A turned bit in the header is noticed, so the check above is one."""
    data = bytearray(png.encode(Picture(3, 2, bytes(6))))
    Image.open(io.BytesIO(data)).verify()
    data[20] ^= 1
    with pytest.raises((SyntaxError, OSError)):
        Image.open(io.BytesIO(data)).verify()


def test_a_picture_without_pixels_is_refused() -> None:
    """The format has no picture of no size."""
    with pytest.raises(ValueError, match="without pixels"):
        png.encode(Picture(0, 5, b""))
