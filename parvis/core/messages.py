"""Babel reads our templates with this (see `babel.cfg`), so that no GNU gettext has to be installed."""

import io
from collections.abc import Collection, Iterator, Mapping
from typing import Any, BinaryIO

from babel.messages.extract import extract_python
from django.utils.translation.template import templatize

Message = tuple[int, str | tuple[str, ...], list[str], str | None]


def extract_django(
    source: BinaryIO, keywords: Mapping[str, Any], comment_tags: Collection[str], options: Mapping[str, Any]
) -> Iterator[Message]:
    """Every translatable message of one Django template, as GNU gettext would have found it."""
    python = templatize(source.read().decode())
    lines = (line.strip() for line in python.splitlines())  # odd indentation stops the tokenizer
    code = io.BytesIO("\n".join(lines).encode())
    yield from extract_python(code, keywords, comment_tags, {"encoding": "utf-8"})
