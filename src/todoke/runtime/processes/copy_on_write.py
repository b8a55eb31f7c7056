"""Copy on write: keeps the memory of a loaded program shared between the processes that are forked from it.

A forked process shares a page of memory until it writes to it. What it makes first goes to the blocks that are free
between those of the program: 4 MB in small blocks, which lie in 20 MB of pages, all copied in each process. Filled
before the fork, they stay shared, and what a process makes lies together in pages of its own.
"""

import ctypes
import mmap
import re
import sys
from pathlib import Path

POOL_BYTES, POOL_HEADER_BYTES = 16_384, 48
"""Python keeps objects of one size in a pool, which begins with a header; see ``Objects/obmalloc.c``."""
POOL_SIZES = range(48, 513, 16)
HEAP_SIZES = (65_536, 32_768, 16_384, 8_192, 4_096, 2_048, *range(1_024, 0, -16))
BLOCKS_IN_ROW = 8
MOST_BLOCKS = 4_096
"""Free blocks of one size are not looked for beyond, where Python keeps objects in some other way."""
_UNWRITTEN = re.compile(
    r"^([0-9a-f]+)-([0-9a-f]+) r-\S+ \S+ \S+ [1-9]\d* .*\n(?:[A-Z]\w+: .*\n)*?Anonymous: +0 kB$", re.MULTILINE
)
"""A span of addresses that shows a file as it is: it may not be written, and no page of it is the process's own."""
_kept: list[bytes] = []


class _HeapState(ctypes.Structure):
    """``struct mallinfo2`` of glibc; its tenth number is the size in bytes of the free block at the end of the heap."""

    _fields_ = [("other", ctypes.c_size_t * 9), ("end", ctypes.c_size_t)]


def prepare_fork() -> None:
    """Fill the free blocks between the objects of the program and forget file pages; call it last before forking.

    Does nothing where the system is not Linux, and leaves the heap alone where the C library is not glibc from 2.33 on.
    """
    if sys.platform != "linux":
        return
    library = ctypes.CDLL(None)
    _fill_pools()
    if hasattr(library, "mallinfo2"):
        _fill_heap(library)
    _release_file_pages(library)


def _fill_pools() -> None:
    """Allocate objects of each size until Python has begun a pool, which shows in blocks one behind the other."""
    overhead = sys.getsizeof(b"")
    for size in POOL_SIZES:
        in_row = 0
        for _ in range(MOST_BLOCKS):
            _kept.append(bytes(size - overhead))
            is_next = id(_kept[-1]) % POOL_BYTES == POOL_HEADER_BYTES + in_row * size
            in_row = in_row + 1 if is_next else 0
            if in_row == BLOCKS_IN_ROW:
                break


def _fill_heap(library: ctypes.CDLL) -> None:
    """Join free blocks of the heap that adjoin, then allocate blocks of each size until one comes from its end."""
    library.malloc.restype = library.sbrk.restype = ctypes.c_size_t
    library.malloc.argtypes, library.mallinfo2.restype = [ctypes.c_size_t], _HeapState
    library.malloc_trim(0)
    end = library.sbrk(0) - library.mallinfo2().end
    for size in HEAP_SIZES:
        while 0 < library.malloc(size) < end:
            pass


def _release_file_pages(library: ctypes.CDLL) -> None:
    """Forget the pages of files that nobody writes, dictionary and code of libraries; a use maps them again."""
    library.madvise.argtypes = [ctypes.c_size_t, ctypes.c_size_t, ctypes.c_int]
    for start, end in _UNWRITTEN.findall(Path("/proc/self/smaps").read_text()):
        library.madvise(int(start, 16), int(end, 16) - int(start, 16), mmap.MADV_DONTNEED)
