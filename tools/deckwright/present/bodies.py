"""The bodies of requests, within a limit."""

from __future__ import annotations

import json
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request

_MOST_BYTES = 2**20


async def read_json(request: Request, most: int = _MOST_BYTES) -> dict[str, Any]:
    """Return the JSON object of at most so many bytes that a request holds. Raises HTTPException."""
    data = b""
    async for part in request.stream():
        data += part
        if len(data) > most:
            raise HTTPException(413, "too long\n")
    try:
        content = json.loads(data)
    except (ValueError, RecursionError):
        content = None
    if not isinstance(content, dict):
        raise HTTPException(400, "not a JSON object\n")
    return content
