"""Pictures for tests, small and drawn, as bytes of a file."""

from __future__ import annotations

import base64
import io

from PIL import Image


def photograph(width: int = 640, height: int = 400, kind: str = "JPEG", mode: str = "RGB", **options: object) -> bytes:
    """Return a picture with a gradient; pictures of different sizes are different."""
    data = io.BytesIO()
    Image.linear_gradient("L").resize((width, height)).convert(mode).save(data, kind, **options)
    return data.getvalue()


def data_address(data: bytes, kind: str = "image/jpeg") -> str:
    """Return a `data:` address that holds a file."""
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"
