"""Keep the memory that a training step frees, for the next step."""

from __future__ import annotations

import contextlib
import ctypes
from typing import Final

# Parameters of mallopt in glibc's <malloc.h>, and their values here.
TRIM_THRESHOLD: Final = (-1, 2**31 - 1)
TOP_PAD: Final = (-2, 256 << 20)
MMAP_MAX: Final = (-4, 0)


def keep_freed_memory() -> None:
    """Have glibc keep what it is given back; where there is another C library, do nothing.

    By default each large tensor is mapped anew and its pages faulted in one by one: a training step takes half
    as long again, with nothing gained but a smaller process between two steps.
    """
    with contextlib.suppress(OSError, AttributeError, TypeError):
        mallopt = ctypes.CDLL(None).mallopt
        for parameter, value in (TRIM_THRESHOLD, TOP_PAD, MMAP_MAX):
            mallopt(parameter, value)
