"""Sets of utterances and what is in them; each change is made to what is stored in that moment."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import abort
from sqlalchemy import func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import Conflict

from ....errors import ModelError
from ...evaluation import Case
from ...model.expressions import parse_expression
from ...model.findings import raise_all
from ...understanding.text import fold
from ..records import Extension, db
from ..texts import _
from .records import Utterance, UtteranceSet

MAX_CASES = 10_000
"""Utterances of a set; a run of so many took about 15 s with the sample's model (2026-11)."""
MAX_NAME = 100
"""Characters of a set's name."""
TRIES = 5
"""Times that utterances are added again because somebody else added some in the same moment."""


class Gone(Exception):
    """What was to be changed is not there any more, or was changed: somebody else was quicker."""


def sets_of(extension: Extension) -> list[UtteranceSet]:
    """List the sets of an extension by name."""
    query = select(UtteranceSet).where(UtteranceSet.extension_key == extension.id)
    return list(db.session.scalars(query.order_by(UtteranceSet.name)))


def counts_of(extension: Extension) -> dict[int, int]:
    """Count the utterances of an extension's sets, by the sets' keys."""
    query = select(Utterance.set_key, func.count()).join(UtteranceSet, UtteranceSet.id == Utterance.set_key)
    rows = db.session.execute(
        query.where(UtteranceSet.extension_key == extension.id).group_by(Utterance.set_key)
    )
    return {row[0]: row[1] for row in rows}


def find_set(extension: Extension, number: int) -> UtteranceSet:
    """Return a set of an extension, or answer 404."""
    found: UtteranceSet | None = db.session.get(UtteranceSet, number)
    if found is None or found.extension_key != extension.id:
        abort(404, _("There is no such set; it may have been deleted."))
    return found


def set_named(extension: Extension, name: str) -> UtteranceSet | None:
    """Return the set of a name."""
    query = select(UtteranceSet).where(UtteranceSet.extension_key == extension.id, UtteranceSet.name == name)
    found: UtteranceSet | None = db.session.scalar(query)
    return found


def name_problem(name: str) -> str:
    """Tell why a set cannot have a name; empty where it can."""
    if not name:
        return _("Enter a name.")
    if not name.isprintable():
        return _("A name has only letters and signs that can be seen.")
    return _("A name has at most %(most)s characters.", most=MAX_NAME) if len(name) > MAX_NAME else ""


def add_set(extension: Extension, name: str) -> UtteranceSet | None:
    """Add a set; None where its name is taken."""
    added = UtteranceSet(extension_key=extension.id, name=name)
    db.session.add(added)
    return added if _is_stored() else None


def rename_set(found: UtteranceSet, name: str, seen: str) -> bool:
    """Give a set another name.

    :param seen: the name that the page showed.
    :return: whether it has it; False where the name is taken.
    :raises Gone: somebody else has renamed it.
    """
    key = found.id
    is_mine = (UtteranceSet.id == key, UtteranceSet.name == seen)
    try:
        done: Any = db.session.execute(update(UtteranceSet).where(*is_mine).values(name=name))
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        return False
    if done.rowcount == 0:
        raise Gone
    return True


def state_of(found: UtteranceSet) -> str:
    """Return what is another when a set or an utterance of it was changed."""
    figures = select(func.count(), func.sum(Utterance.revision), func.max(Utterance.id))
    row = db.session.execute(figures.where(Utterance.set_key == found.id)).one()
    return f"{found.name} {' '.join(str(one or 0) for one in row)}"


def delete_set(found: UtteranceSet, seen: str) -> None:
    """Delete a set with its utterances and runs.

    :param seen: its state that the page showed.
    :raises Gone: somebody else has changed it.
    """
    if state_of(found) != seen:
        raise Gone
    db.session.delete(found)
    db.session.commit()


def cases_of(found: UtteranceSet) -> list[Case]:
    """Read the utterances of a set, in the order in which they were added."""
    query = select(Utterance.text, Utterance.intent).where(Utterance.set_key == found.id)
    rows = db.session.execute(query.order_by(Utterance.id))
    return [Case(parse_expression(text), intent) for text, intent in rows]


def select_utterances(found: UtteranceSet, query: str) -> Any:
    """Select the utterances of a set that have some text in them, or in the name of their intent."""
    wanted = select(Utterance).where(Utterance.set_key == found.id)
    if query.strip():
        in_text = Utterance.folded.contains(fold(query), autoescape=True)
        in_intent = Utterance.intent.icontains(query.strip(), autoescape=True)
        wanted = wanted.where(in_text | in_intent if fold(query) else in_intent)
    return wanted.order_by(Utterance.id)


def add_cases(found: UtteranceSet, cases: Iterable[Case]) -> int:
    """Add utterances to a set; those that are there already are left out.

    :return: how many were added.
    :raises ModelError: with each that is there with another intent or other slots, or there are too many.
    """
    cases, key = list(cases), found.id
    for _try in range(TRIES):
        rows = _new_rows(key, cases)
        if _is_inserted(rows):
            return len(rows)
        if db.session.get(UtteranceSet, key) is None:
            abort(404, _("There is no such set; it may have been deleted."))
    raise Conflict(_("Others are changing the same at this moment. Go back and send it again."))


def _is_inserted(rows: list[dict[str, Any]]) -> bool:
    try:
        if rows:
            db.session.execute(insert(Utterance), rows)
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        return False
    return True


def _new_rows(key: int, cases: list[Case]) -> list[dict[str, Any]]:
    query = select(Utterance.folded, Utterance.text, Utterance.intent).where(Utterance.set_key == key)
    known = {folded: (text, intent) for folded, text, intent in db.session.execute(query)}
    before, errors = len(known), []
    for case in cases:
        row = (case.expression.text, case.intent)
        other = known.setdefault(fold(case.utterance), row)
        if other != row:
            there = {"text": other[0], "intent": other[1]}
            text = _("It is in the set already, in another way: %(text)s, %(intent)s", **there)
            errors.append(ModelError(text, line=case.line))
    raise_all(errors)
    if len(known) > MAX_CASES:
        raise ModelError(_("A set has at most %(most)s utterances.", most=MAX_CASES))
    return [
        {"set_key": key, "folded": folded, "text": text, "intent": intent, "revision": 1}
        for folded, (text, intent) in list(known.items())[before:]
    ]


def change_case(found: UtteranceSet, number: int, seen: int, case: Case) -> None:
    """Write an utterance anew.

    :param seen: the revision that the page showed.
    :raises Gone: somebody else has changed or removed it.
    :raises ModelError: the set has such an utterance already.
    """
    row = _row(found, number, seen)
    row.text, row.folded, row.intent = case.expression.text, fold(case.utterance), case.intent
    if not _is_stored():
        raise ModelError(_("This utterance is in the set already."))


def remove_case(found: UtteranceSet, number: int, seen: int) -> None:
    """Remove an utterance.

    :param seen: the revision that the page showed.
    :raises Gone: somebody else has changed or removed it.
    """
    db.session.delete(_row(found, number, seen))
    _is_stored()


def _row(found: UtteranceSet, number: int, seen: int) -> Utterance:
    row: Utterance | None = db.session.get(Utterance, number)
    if row is None or row.set_key != found.id or row.revision != seen:
        raise Gone
    return row


def _is_stored() -> bool:
    """Store what was changed; False where another has the same name or words.

    :raises Gone: somebody else has changed it in the same moment.
    """
    try:
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        return False
    except StaleDataError:
        db.session.rollback()
        raise Gone from None
    return True
