"""What a field of the console's forms is: a row, from which form, checks and review are made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Values = Mapping[str, Any]
"""Values of a version's fields by name, as JSON holds them."""


class Kind(StrEnum):
    """How a field is entered, and what its value is in JSON."""

    TEXT = "text"  # a string
    SECRET = "secret"  # a string that is not shown again  # noqa: S105
    PARAGRAPH = "paragraph"  # a string of several lines
    EMAIL = "email"  # a string
    URL = "url"  # a string
    TEXTS = "texts"  # a list of strings, one input each
    LINES = "lines"  # a list of strings, one a line
    YES_NO = "yes_no"  # true or false
    AGREED = "agreed"  # true or false, a box to tick
    CHOICE = "choice"  # a string
    CHOICES = "choices"  # a list of strings
    IMAGE = "image"  # the digest of an image that was uploaded
    APPLIANCES = "appliances"  # a list of {"type": …, "models": [{"name": …, "url": …}]}
    PUSH = "push"  # an object of the page for push messages
    SHOWN = "shown"  # nothing: a text to copy into another system


@dataclass(frozen=True, slots=True)
class Size:
    """The size of an image in pixels."""

    width: int
    height: int

    def __str__(self) -> str:
        return f"{self.width}×{self.height}"


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form.

    :ivar name: its name in the store; two fields of one name on different forms are the same thing.
    :ivar label: what it is called, in English, translated where it is shown.
    :ivar required: whether a review needs it.
    :ivar help: a sentence about it, likewise.
    :ivar max_length: characters that the text, or each of the texts, may have.
    :ivar min_count: how many texts a list must have where it is not empty.
    :ivar max_count: how many it may have.
    :ivar choices: values and labels of a choice.
    :ivar size: the size of an image.
    :ivar when: the name of a field; this one counts only where that one is yes.
    :ivar needed_when: the name of a field; a review needs this one where that one is yes.
    :ivar fixed: whether it never changes once the extension is registered.
    :ivar default: the value of a new extension.
    :ivar shown: the text to copy.
    """

    name: str
    kind: Kind
    label: str
    required: bool = True
    help: str = ""
    max_length: int | None = None
    min_count: int = 0
    max_count: int | None = None
    choices: tuple[tuple[str, str], ...] = ()
    size: Size | None = None
    when: str = ""
    needed_when: str = ""
    fixed: bool = False
    default: Any = None
    shown: str = ""

    def counts(self, values: Values) -> bool:
        """Tell whether the field counts, by what other fields have."""
        return not self.when or bool(values.get(self.when))

    def is_missing(self, values: Values) -> bool:
        """Tell whether a review would miss the field."""
        needed = self.required or bool(values.get(self.needed_when))
        if not needed or self.kind is Kind.SHOWN or not self.counts(values):
            return False
        value = values.get(self.name)
        if self.kind is Kind.YES_NO:
            return value is None
        return not value or (isinstance(value, list) and len(value) < self.min_count)


@dataclass(frozen=True, slots=True)
class Step:
    """One page of a form.

    :ivar name: its name in the address.
    :ivar title: what it is called, in English.
    """

    name: str
    title: str
    fields: tuple[Field, ...]

    def missing(self, values: Values) -> list[Field]:
        """List the fields that a review would miss."""
        return [field for field in self.fields if field.is_missing(values)]
