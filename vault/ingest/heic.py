"""HEIC, the pictures telephones take: opened by Pillow once its plug-in is there."""

from __future__ import annotations

from vault.ingest.sheet import Unreadable

_MISSING = "to open this kind of picture (HEIC) the package pillow-heif is needed"
_prepared = [False]


def prepare() -> None:
    """Have Pillow open HEIC, with one thread and no more than the pictures themselves.

    Raises Unreadable where the plug-in is not installed or does not run on this machine.
    """
    if _prepared[0]:
        return
    try:
        import pillow_heif
    except (ImportError, OSError):
        raise Unreadable(_MISSING) from None
    pillow_heif.options.DECODE_THREADS = 1
    pillow_heif.options.THUMBNAILS = False
    pillow_heif.options.DEPTH_IMAGES = False
    pillow_heif.options.AUX_IMAGES = False
    pillow_heif.register_heif_opener()
    _prepared[0] = True
