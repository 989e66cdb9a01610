"""Forms made from the tables: one input a field, and the checks of its row."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import DataRequired

from ..fields import rows as fields
from ..fields.checks import problem_of
from ..fields.rows import Kind, Step, Values
from ..texts import _
from .conflicts import seen_of


def _stripped(value: str | None) -> str:
    return (value or "").replace("\r\n", "\n").strip()


class Texts(Field):  # type: ignore[misc]
    """A list of texts, each in an input of its own."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the inputs that are not empty."""
        self.data = [text for text in map(_stripped, valuelist) if text]


class Lines(TextAreaField):  # type: ignore[misc]
    """A list of texts, one a line."""

    def _value(self) -> str:
        return "\n".join(self.data or ())

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the lines that are not empty."""
        lines = _stripped(valuelist[0] if valuelist else "").split("\n")
        self.data = [line.strip() for line in lines if line.strip()]


class YesNo(Field):  # type: ignore[misc]
    """A choice of yes and no, of which neither may be chosen yet."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what is chosen."""
        self.data = {"yes": True, "no": False}.get(valuelist[0] if valuelist else "")


class Choice(StringField):  # type: ignore[misc]
    """One of the choices of its row."""


class Choices(Field):  # type: ignore[misc]
    """Some of the choices of its row."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what is ticked."""
        self.data = list(dict.fromkeys(valuelist))


class Kept(StringField):  # type: ignore[misc]
    """A secret, which is not shown again and stays where nothing is entered."""


Make = Callable[..., Any]
_MAKERS: Mapping[Kind, Make] = {
    Kind.TEXT: StringField,
    Kind.SECRET: Kept,
    Kind.PARAGRAPH: TextAreaField,
    Kind.EMAIL: StringField,
    Kind.URL: StringField,
    Kind.TEXTS: Texts,
    Kind.LINES: Lines,
    Kind.YES_NO: YesNo,
    Kind.AGREED: BooleanField,
    Kind.CHOICE: Choice,
    Kind.CHOICES: Choices,
}
"""The fields of WTForms for what is entered as text. The others have pages of their own."""


class StepForm(FlaskForm):  # type: ignore[misc]
    """The form of one step.

    :ivar seen: what was stored when the page was shown, as :mod:`.conflicts` compares it.
    :ivar own_problems: what is wrong with fields that have pages of their own, by name.
    :ivar shown: the values of those fields, as they are to be shown.
    :ivar images: the digests of images that were uploaded and are not stored yet, by name.
    :ivar conflicts: the names of fields that were changed elsewhere as well.
    """

    seen = HiddenField()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.own_problems: dict[str, str] = {}
        self.shown: dict[str, Any] = {}
        self.images: dict[str, str] = {}
        self.conflicts: frozenset[str] = frozenset()


def step_form(step: Step, values: Values, *, needed: Sequence[str] = ()) -> StepForm:
    """Make the form of a step, filled with what was posted, or with what is stored.

    :param needed: the names of fields that must not be empty.
    """
    rows = {row.name: row for row in step.fields if row.kind in _MAKERS}
    made = {name: _input(row, name in needed) for name, row in rows.items()}
    form_class = type("Form", (StepForm,), made)
    form: StepForm = form_class(data={"seen": seen_of(step, values), **_shown(rows, values)})
    form.shown = dict(values)
    return form


def _shown(rows: Mapping[str, fields.Field], values: Values) -> dict[str, Any]:
    hidden = {name for name, row in rows.items() if row.kind is Kind.SECRET}
    defaults = {name: row.default for name, row in rows.items()}
    return {
        name: value for name, value in {**defaults, **values}.items() if name in rows and name not in hidden
    }


_STRIPPED = (Kind.TEXT, Kind.PARAGRAPH, Kind.EMAIL, Kind.URL, Kind.SECRET, Kind.CHOICE)


def _input(row: fields.Field, needed: bool) -> Any:
    options: dict[str, Any] = {"validators": [*([DataRequired()] if needed else []), _checked(row)]}
    if row.kind in _STRIPPED:
        options["filters"] = [_stripped]
    return _MAKERS[row.kind](_(row.label), **options)


def _checked(row: fields.Field) -> Callable[[Any, Any], None]:
    def check(_form: Any, entered: Any) -> None:
        data = entered.data
        problem = "" if isinstance(data, bool) else problem_of(row, data)
        if problem:
            raise ValidationError(problem)

    return check


def entered(form: StepForm, step: Step) -> dict[str, Any]:
    """Return what was entered, as it is stored."""
    values: dict[str, Any] = {}
    for row in step.fields:
        if row.name not in form:
            continue
        given = form[row.name]
        if row.kind is Kind.SECRET and not given.data:
            continue
        values[row.name] = given.data
    return values
