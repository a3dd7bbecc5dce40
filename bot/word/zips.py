"""Zip files written piece by piece: nothing of what went before has to be remembered in memory.

The standard library keeps every member of an archive until it is closed; a hundred thousand letters are too many.
"""

import struct
import zlib
from dataclasses import dataclass

STORED, DEFLATED = 0, 8
_VERSION = 20
_VERSION_64 = 45
_UTF8 = 0x800
_SMALL = 0xFFFF
_LARGE = 0xFFFFFFFF
_DAY = (1 << 5) | 1
"""The first of January 1980: the same contents give the same bytes, whenever they are packed."""
_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_END_64 = struct.Struct("<4sQ2H2L4Q")
_END_64_PLACE = struct.Struct("<4sLQL")


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive, packed."""

    name: bytes
    content: bytes
    size: int
    crc: int
    method: int


def deflated(name: str, content: bytes) -> Member:
    """Return a file packed as small as is quick."""
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    packed = packer.compress(content) + packer.flush()
    return Member(name.encode(), packed, len(content), zlib.crc32(content), DEFLATED)


def stored(name: str, content: bytes) -> Member:
    """Return a file as it is: what is packed already packs no smaller."""
    return Member(name.encode(), content, len(content), zlib.crc32(content), STORED)


def local(member: Member) -> bytes:
    """Return a file as it lies in an archive."""
    facts = (member.method, 0, _DAY, member.crc, len(member.content), member.size, len(member.name), 0)
    return _LOCAL.pack(b"PK\x03\x04", _VERSION, _UTF8, *facts) + member.name + member.content


def listed(member: Member, offset: int) -> bytes:
    """Return a file's line in the list of contents; `offset` is where `local` was put."""
    facts = (member.method, 0, _DAY, member.crc, len(member.content), member.size, len(member.name))
    start = _CENTRAL.pack(b"PK\x01\x02", _VERSION, _VERSION, _UTF8, *facts, 0, 0, 0, 0, 0, offset)
    return start + member.name


def end(count: int, length: int, offset: int) -> bytes:
    """Return what follows a list of contents of `count` lines, `length` bytes long, that begins at `offset`."""
    short, small, large = min(count, _SMALL), min(length, _LARGE), min(offset, _LARGE)
    last = _END.pack(b"PK\x05\x06", 0, 0, short, short, small, large, 0)
    if count < _SMALL and length < _LARGE and offset < _LARGE:
        return last
    facts = (_VERSION_64, _VERSION_64, 0, 0, count, count, length, offset)
    whole = _END_64.pack(b"PK\x06\x06", _END_64.size - 12, *facts)
    return whole + _END_64_PLACE.pack(b"PK\x06\x07", 0, offset + length, 1) + last


def archive(members: list[Member]) -> bytes:
    """Return a whole archive of a few files."""
    pieces, lines, offset = [], [], 0
    for member in members:
        piece = local(member)
        pieces.append(piece)
        lines.append(listed(member, offset))
        offset += len(piece)
    index = b"".join(lines)
    return b"".join((*pieces, index, end(len(members), len(index), offset)))
