"""Pictures as files: PNG, JPEG, TIFF and HEIC, turned as they say and put on white."""

from __future__ import annotations

import io
import warnings

from PIL import Image, ImageFile, UnidentifiedImageError

from vault.ingest import heic
from vault.ingest.sheet import MOST_DPI, Layer, Sheet, Unreadable, clamp_dpi

MOST_PICTURE_PIXELS = 150_000_000
"""The largest picture that is opened at all: 600 dpi of four letter pages."""

FORMATS = {"png": "PNG", "jpeg": "JPEG", "tiff": "TIFF", "heic": "HEIF"}
_LETTER_INCHES = 11.0
_DPI_RANGE = (60.0, 1300.0)
_LONGEST_INCHES = 24.0
_MOST_FRAMES = 10_000
_COLOUR_MODES = {"RGB", "RGBA", "CMYK", "YCbCr", "P", "LAB", "HSV"}
_BROKEN = "it is damaged and cannot be opened as a picture"
_DECODE_ERRORS = (OSError, ValueError, SyntaxError, TypeError, KeyError, IndexError, EOFError)

_ORIENTATION = 0x0112  # the EXIF tag
_TRANSPOSE = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}

Image.MAX_IMAGE_PIXELS = MOST_PICTURE_PIXELS
warnings.simplefilter("error", Image.DecompressionBombWarning)


class ImageDocument:
    """An open picture file. Raises Unreadable where it is damaged or too large."""

    encrypted = False
    note = ""

    def __init__(self, file: io.BufferedReader, media: str) -> None:
        self._media = media
        if media == "heic":
            heic.prepare()
        try:
            self._image: Image.Image = Image.open(file, formats=[FORMATS[media]])
            frames = getattr(self._image, "n_frames", 1) if media == "tiff" else 1
        except (Image.DecompressionBombError, Image.DecompressionBombWarning):
            raise Unreadable("the picture is larger than can be opened safely") from None
        except (UnidentifiedImageError, *_DECODE_ERRORS):
            raise Unreadable(_BROKEN) from None
        if frames > _MOST_FRAMES:
            raise Unreadable("it has more pages than can be opened safely")
        self.pages = int(frames)

    def size(self, page: int) -> tuple[float, float]:
        """Width and height of a page as shown, in points; letter size where nothing says more."""
        image = self._frame(page)
        across, along = self._dpi(image)
        width, height = image.width * 72 / across, image.height * 72 / along
        return (height, width) if self._orientation(image) >= 5 else (width, height)

    def sheet(self, page: int, *, colour: bool | None = False, dpi: float = MOST_DPI) -> Sheet:
        """The page as square pixels at its own resolution, but at most `dpi`."""
        image = self._frame(page)
        bilevel, orientation = image.mode == "1", self._orientation(image)
        across, along = self._dpi(image)
        points = (image.width * 72 / across, image.height * 72 / along)
        pixels, cut_off = self._decoded(image)
        used = clamp_dpi(min(max(across, along), dpi), *points)
        has_colour = pixels.mode in _COLOUR_MODES if colour is None else colour
        plain = _plain(pixels, colour=has_colour)
        wanted = tuple(max(1, round(length * used / 72)) for length in points)
        if plain.size != wanted:
            plain = plain.resize((wanted[0], wanted[1]), Image.Resampling.BICUBIC, reducing_gap=2)
        return Sheet(_upright(plain, orientation), used, bilevel, cut_off)

    def layer(self, page: int) -> Layer | None:  # noqa: ARG002 - every document is asked
        """None: a picture has no words of its own."""
        return None

    def close(self) -> None:
        """Let go of the file."""
        self._image.close()

    def _frame(self, page: int) -> Image.Image:
        if not 1 <= page <= self.pages:
            raise Unreadable("the file has no such page")
        if self.pages > 1:
            try:
                self._image.seek(page - 1)
            except (Image.DecompressionBombError, Image.DecompressionBombWarning):
                raise Unreadable("the picture is larger than can be opened safely") from None
            except _DECODE_ERRORS:
                raise Unreadable("this page of the file is damaged") from None
        return self._image

    def _orientation(self, image: Image.Image) -> int:
        """The EXIF orientation still to be applied, 1 to 8; Pillow applies a TIFF's itself."""
        if self._media == "tiff":
            return 1
        try:
            return int(image.getexif().get(_ORIENTATION, 1))
        except (*_DECODE_ERRORS, RuntimeError):
            return 1

    @staticmethod
    def _dpi(image: Image.Image) -> tuple[float, float]:
        """The resolution across and along; guessed where the file says none one can believe."""
        low, high = _DPI_RANGE
        try:
            across, along = (float(n) for n in image.info.get("dpi", (0, 0)))
        except (TypeError, ValueError, ZeroDivisionError):
            across = along = 0.0
        if low <= across <= high and low <= along <= high:
            inches = max(image.width / across, image.height / along)
            if inches <= _LONGEST_INCHES:
                return across, along
        guess = max(image.size) / _LETTER_INCHES
        return guess, guess

    def _decoded(self, image: Image.Image) -> tuple[Image.Image, bool]:
        """The pixels, and whether some are missing because the file ends too early."""
        try:
            image.load()
        except _DECODE_ERRORS:
            return self._rescued(image), True
        return image, False

    @staticmethod
    def _rescued(image: Image.Image) -> Image.Image:
        ImageFile.LOAD_TRUNCATED_IMAGES = True
        try:
            image.load()
        except _DECODE_ERRORS:
            raise Unreadable(_BROKEN) from None
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = False
        return image


def _plain(image: Image.Image, *, colour: bool) -> Image.Image:
    """Grey or RGB on white, whatever the picture was kept as."""
    if image.mode.startswith("I") or image.mode == "F":
        wide = image.convert("F")
        high = wide.getextrema()[1]
        factor = 255.0 / (65535 if isinstance(high, float) and high > 255 else 255)
        image = wide.point(lambda v: v * factor).convert("L")
    if image.has_transparency_data:
        seen = image.convert("RGBA")
        paper = Image.new("RGBA", seen.size, "white")
        image = Image.alpha_composite(paper, seen)
    return image.convert("RGB" if colour else "L")


def _upright(plain: Image.Image, orientation: int) -> Image.Image:
    """Turn the pixels as the EXIF orientation says."""
    how = _TRANSPOSE.get(orientation)
    return plain.transpose(how) if how is not None else plain
