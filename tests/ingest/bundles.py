"""Invented ZIPs, sound and hostile, made byte by byte where no library would make them."""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping

Info = zipfile.ZipInfo


def zipped(files: Mapping[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packing) as made:
        for name, data in files.items():
            made.writestr(name, data)
    return out.getvalue()


def listed(*members: tuple[Info, bytes]) -> bytes:
    """A ZIP of members whose names and modes are exactly those of their entries."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for info, data in members:
            made.writestr(info, data)
            made.NameToInfo.clear()  # else a name that comes twice is a warning
    return out.getvalue()


def entry(name: str, mode: int = 0) -> Info:
    """An entry with a name as it is and a Unix file mode."""
    info = Info("x")
    info.filename = name
    info.external_attr = mode << 16
    return info


def overlapping(count: int, inside: bytes) -> bytes:
    """A ZIP with one stretch of packed bytes under many names: small here, huge unpacked."""
    whole = zipped({"a.pdf": inside})
    with zipfile.ZipFile(io.BytesIO(whole)) as made:
        start = made.start_dir
    end = whole.rindex(b"PK\x05\x06")
    central = whole[start:end] * count
    tail = struct.pack(
        "<4s4H2LH", b"PK\x05\x06", 0, 0, count & 0xFFFF, count & 0xFFFF, len(central), start, 0
    )
    return whole[:start] + central + tail


def changed(data: bytes, where: bytes, offset: int, new: bytes) -> bytes:
    """The ZIP with bytes changed behind every header that begins with `where`."""
    out = bytearray(data)
    at = out.find(where)
    while at >= 0:
        out[at + offset : at + offset + len(new)] = new
        at = out.find(where, at + 4)
    return bytes(out)


def headers_changed(data: bytes, local: int, central: int, new: bytes) -> bytes:
    """The ZIP with a field changed in all its local and central headers."""
    return changed(changed(data, b"PK\x03\x04", local, new), b"PK\x01\x02", central, new)


def _crc_table() -> Iterator[int]:
    for number in range(256):
        crc = number
        for _ in range(8):
            crc = crc >> 1 ^ 0xEDB88320 if crc & 1 else crc >> 1
        yield crc


_CRC = tuple(_crc_table())


def _cipher(password: bytes) -> Callable[[bytes], bytes]:
    """The old ZIP encryption (APPNOTE.TXT, 6.1), which zipfile reads and does not write."""
    keys = [0x12345678, 0x23456789, 0x34567890]

    def update(byte: int) -> None:
        keys[0] = keys[0] >> 8 ^ _CRC[(keys[0] ^ byte) & 0xFF]
        keys[1] = ((keys[1] + (keys[0] & 0xFF)) * 134775813 + 1) & 0xFFFFFFFF
        keys[2] = keys[2] >> 8 ^ _CRC[(keys[2] ^ keys[1] >> 24) & 0xFF]

    for byte in password:
        update(byte)

    def encrypt(data: bytes) -> bytes:
        out = bytearray()
        for byte in data:
            mask = keys[2] | 2
            out.append(byte ^ (mask * (mask ^ 1) >> 8 & 0xFF))
            update(byte)
        return bytes(out)

    return encrypt


def locked(name: str, data: bytes, password: str) -> bytes:
    """A ZIP of one file, stored and encrypted with a password."""
    crc = zlib.crc32(data)
    head = bytes(range(11)) + bytes([crc >> 24])
    sealed = _cipher(password.encode())(head + data)
    raw = name.encode()
    common = (20, 1, 0, 0, 0x21, crc, len(sealed), len(data), len(raw), 0)
    local = struct.pack("<4s5H3L2H", b"PK\x03\x04", *common) + raw
    central = struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, *common, 0, 0, 0, 0, 0) + raw
    at = len(local) + len(sealed)
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, len(central), at, 0)
    return local + sealed + central + tail


def mutated(count: int, seed: int) -> Iterator[bytes]:
    """So many ZIPs with a few bytes changed, cut, doubled or moved, each from a sound one."""
    rng = random.Random(seed)
    pdf = b"%PDF-1.7 " + rng.randbytes(300)
    sound = (
        zipped({"a.pdf": pdf, "b/c.png": bytes(2000)}),
        zipped({"a.pdf": pdf, "b.pdf": pdf[:50]}, zipfile.ZIP_STORED),
        locked("a.pdf", pdf, "sesame"),
        overlapping(3, pdf),
    )
    for _ in range(count):
        data = bytearray(rng.choice(sound))
        for _ in range(rng.randint(1, 3)):
            at = rng.randrange(len(data))
            match rng.randrange(12):  # mostly flips: they get furthest
                case 0:
                    data[at : at + rng.randint(1, 8)] = rng.randbytes(rng.randint(1, 8))
                case 1:
                    del data[at : at + rng.randint(1, 40)]
                case 2:
                    data[at:at] = data[at : at + rng.randint(1, 60)]
                case 3:
                    size = rng.choice((2, 4))
                    data[at : at + size] = rng.choice((b"\xff", b"\x00", b"\x7f")) * size
                case _:
                    data[at] ^= 1 << rng.randrange(8)
            data = data or bytearray(b"PK")
        yield bytes(data)
