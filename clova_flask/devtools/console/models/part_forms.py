"""What the pages of an intent and of a slot type have in common: change, rename and delete."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, Generic, Protocol

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from ....errors import ModelError
from ..numbers import whole
from ..records import Version
from ..texts import _
from . import editing
from .changes import Item, apply, changed_version, delete_part, shown_version
from .editing import Gone
from .store import part_of

Form = Any


class Page(Protocol):
    """What writes the page of a part."""

    def __call__(
        self,
        version: Version,
        name: str,
        do: str = "",
        error: ModelError | None = None,
        *,
        is_gone: bool = False,
    ) -> str:
        """Write the page.

        :param do: the button whose change cannot be made; empty where there is none.
        :param error: why it cannot.
        :param is_gone: whether somebody else has changed what it was made of.
        """


@dataclass(frozen=True, slots=True)
class PartForms(Generic[Item]):
    """The forms of a kind of part.

    :ivar kind: the part's class.
    :ivar part: the same, as rows of the store name it.
    :ivar page: writes its page.
    :ivar changes: what the forms do, by the value of their button.
    :ivar rename: gives the part of a version another name.
    :ivar is_taken: what is told where another has the name.
    :ivar removed: the field with what a removal offers to put back.
    :ivar adding: the buttons after whose change it is told what is not right yet.
    :ivar wrong: tells that of the part of a version; empty where all is right.
    """

    kind: type[Item]
    part: str
    page: Page
    changes: Mapping[str, Callable[[Item, Form], Item]]
    rename: Callable[[Version, str, str], object]
    is_taken: str
    removed: str
    adding: Collection[str] = ()
    wrong: Callable[[Version, str], str] = lambda _version, _name: ""


def add_forms(blueprint: Blueprint, forms: PartForms[Item]) -> None:
    """Put the page of a part and its forms on a blueprint."""

    @blueprint.get("")
    def show(key: int, name: str) -> ResponseReturnValue:
        return forms.page(shown_version(key), name)

    @blueprint.post("")
    def change(key: int, name: str) -> ResponseReturnValue:
        return _changed(forms, changed_version(key), name)

    @blueprint.post("/rename")
    def rename(key: int, name: str) -> ResponseReturnValue:
        return _renamed(forms, changed_version(key), name)

    @blueprint.post("/delete")
    def delete(key: int, name: str) -> ResponseReturnValue:
        return _deleted(forms, changed_version(key), name)


def _changed(forms: PartForms[Item], version: Version, name: str) -> ResponseReturnValue:
    do = request.form.get("do", "")
    if do not in forms.changes:
        return forms.page(version, name), 400
    try:
        apply(version, forms.kind, name, lambda item: forms.changes[do](item, request.form))
    except Gone:
        flash(_("It was changed or removed elsewhere meanwhile. The page shows what is stored."), "warning")
        return forms.page(version, name, do, is_gone=True), 409
    except ModelError as error:
        return forms.page(version, name, do, error), 422
    removed = request.form.get(forms.removed) if do == "remove" else None
    wrong = forms.wrong(version, name) if do in forms.adding else ""
    if wrong:
        flash(_("Saved, and not right yet: %(problem)s", problem=wrong), "warning")
    else:
        flash(_("Removed.") if removed else _("Saved."), "success")
    query, page = request.form.get("q") or None, request.args.get("page", type=whole)
    return _shown(version, name, removed=removed, q=query, page=page)


def _renamed(forms: PartForms[Item], version: Version, name: str) -> ResponseReturnValue:
    new = request.form.get("name", "").strip()
    problem = editing.name_problem(new)
    if not problem and new != name and part_of(version, forms.part, new) is not None:
        problem = _(forms.is_taken)
    if problem:
        return forms.page(version, name, "rename", ModelError(problem)), 422
    forms.rename(version, name, new)
    flash(_("Saved."), "success")
    return _shown(version, new)


def _deleted(forms: PartForms[Item], version: Version, name: str) -> ResponseReturnValue:
    if not delete_part(version, forms.part, name, request.form.get("seen", "")):
        flash(_("It was changed elsewhere meanwhile, and is not deleted. Look at it once more."), "warning")
        return _shown(version, name)
    flash(_("%(name)s is deleted.", name=name), "success")
    return redirect(url_for("model.show", key=version.extension.id))


def _shown(version: Version, name: str, **query: Any) -> ResponseReturnValue:
    return redirect(url_for(".show", key=version.extension.id, name=name, **query))
