"""How much is read of one input unless the caller says otherwise."""

from __future__ import annotations

#: Largest article, sheet or line, in bytes.
MAX_BYTES = 64 * 1024 * 1024
