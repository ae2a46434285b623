"""What copiers, fax machines and telephones do to a page; every accident comes from a seed."""

from __future__ import annotations

import random

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps

_LID = 226  # grey of a scanner's lid, seen where the page does not reach


def grain(page: Image.Image, seed: int, amount: float) -> Image.Image:
    """The page with sensor noise: `amount` is the share of noise in each pixel, 0 to 1."""
    pixels = random.Random(seed).randbytes(page.width * page.height)
    noise = Image.frombytes("L", page.size, pixels).filter(ImageFilter.GaussianBlur(0.6))
    mixed = Image.blend(page.convert("L"), noise, amount)
    if page.mode == "L":
        return mixed
    shift = ImageChops.subtract(mixed, page.convert("L"), scale=1, offset=128)
    return ImageChops.add(page, Image.merge("RGB", (shift,) * 3), scale=1, offset=-128)


def turned(page: Image.Image, degrees: float) -> Image.Image:
    """The page laid askew by `degrees` (positive clockwise); the lid shows at the corners."""
    return page.rotate(-degrees, Image.Resampling.BICUBIC, fillcolor=(_LID,) * len(page.getbands()))


def punched(page: Image.Image, dpi: float) -> Image.Image:
    """The page with the shadows of two punched holes at its left edge."""
    mask = Image.new("L", page.size, 0)
    draw = ImageDraw.Draw(mask)
    radius, left = 0.14 * dpi, 0.38 * dpi
    for middle in (page.height / 2 - 1.37 * dpi, page.height / 2 + 1.37 * dpi):
        box = (left - radius, middle - radius, left + radius, middle + radius)
        draw.ellipse(box, fill=190)
        inner = (box[0] + radius * 0.5, box[1] + radius * 0.45, box[2], box[3])
        draw.ellipse(inner, fill=120)
    mask = mask.filter(ImageFilter.GaussianBlur(dpi / 100))
    dark = Image.new(page.mode, page.size, (58,) * len(page.getbands()))
    return Image.composite(dark, page, mask)


def shaded(page: Image.Image, depth: int) -> Image.Image:
    """The page with a shadow along its left edge, as near a book's spine; `depth` in greys."""
    width = page.width // 12
    fall = Image.linear_gradient("L").rotate(-90).resize((width, page.height))
    shade = Image.new("L", page.size, 255)
    shade.paste(fall.point([255 - (255 - v) * depth // 255 for v in range(256)]), (0, 0))
    return ImageChops.multiply(
        page, shade if page.mode == "L" else Image.merge("RGB", (shade,) * 3)
    )


def paper(page: Image.Image, dark: int, light: int) -> Image.Image:
    """Black and white become ink of grey `dark` and paper of grey `light`."""
    curve = [round(dark + (light - dark) * v / 255) for v in range(256)]
    return page.point(curve * len(page.getbands()))


def faxed(page: Image.Image, seed: int, size: tuple[int, int]) -> Image.Image:
    """The page in black and white on a fax's grid of `size` dots, with salt, pepper and a dropout.

    ITU-T T.4 gives 1728 dots a line at about 204 an inch and 98 or 196 lines an inch.
    """
    chance = random.Random(seed)
    grey = ImageOps.autocontrast(turned(page.convert("L"), 0.35))
    small = grey.resize(size, Image.Resampling.LANCZOS)
    pixels = small.point([255 if v > 150 else 0 for v in range(256)])
    draw = ImageDraw.Draw(pixels)
    for _ in range(size[0] * size[1] // 2600):
        dot = (chance.randrange(size[0]), chance.randrange(size[1]))
        draw.point(dot, fill=0 if chance.random() < 0.6 else 255)
    for _ in range(3):
        y = chance.randrange(size[1] * 3 // 4, size[1])
        draw.line((chance.randrange(size[0] // 2), y, size[0], y), fill=255)
    return pixels.convert("1", dither=Image.Dither.NONE)


def photographed(page: Image.Image, seed: int) -> Image.Image:
    """The page as a telephone sees it on a table: a little aslant, warm, unevenly lit."""
    w, h = page.size
    table = Image.new("RGB", (w, h), (112, 86, 62))
    table = grain(table, seed, 0.10).filter(ImageFilter.GaussianBlur(2))
    x, y = w * 0.018, h * 0.016
    corners = (-x * 1.0, -y * 0.8, -x * 1.5, h + y * 1.1, w + x * 1.1, h + y * 0.7, w + x * 1.6, -y)
    size, mode = page.size, Image.Transform.QUAD
    inside = Image.new("L", size, 255).transform(size, mode, corners, fillcolor=0)
    sheet = page.transform(size, mode, corners, Image.Resampling.BICUBIC, fillcolor=(0, 0, 0))
    shadow = inside.filter(ImageFilter.GaussianBlur(w / 90))
    table = Image.composite(Image.new("RGB", size, (60, 45, 32)), table, shadow)
    scene = Image.composite(sheet, table, inside)
    light = (
        Image.radial_gradient("L")
        .resize((w * 2, h * 2))
        .crop((w // 2, h // 3, w * 3 // 2, h // 3 + h))
    )
    lamp = [light.point([top - v * 62 // 255 for v in range(256)]) for top in (252, 246, 232)]
    lit = ImageChops.multiply(scene, Image.merge("RGB", lamp))
    return grain(lit.filter(ImageFilter.GaussianBlur(0.5)), seed + 1, 0.05)
