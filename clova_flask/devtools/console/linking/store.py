"""Keeping runs, their steps and the linked account."""

from __future__ import annotations

from typing import Any

from flask import abort
from sqlalchemy import delete, select, update

from ...simulator.linking_steps import Asked, Tokens
from ..records import db, now
from ..texts import _
from .records import WAITING, LinkedAccount, LinkingRun, LinkingStep

MAX_RUNS = 20
"""Runs that are kept of an extension; the oldest ones go first."""
MAX_STEPS = 200
"""Steps that are kept of a run."""


def add_run(extension_key: int, asked: Asked, redirect_url: str) -> LinkingRun:
    """Keep a new run; committed by the caller."""
    run = LinkingRun(
        extension_key=extension_key, state=asked.state, redirect_url=redirect_url, url=asked.url, at=now()
    )
    db.session.add(run)
    db.session.flush()
    mine = select(LinkingRun.id).where(LinkingRun.extension_key == extension_key)
    oldest = db.session.scalar(mine.order_by(LinkingRun.id.desc()).offset(MAX_RUNS).limit(1))
    if oldest is not None:
        of_extension = LinkingRun.extension_key == extension_key
        db.session.execute(delete(LinkingRun).where(of_extension, LinkingRun.id <= oldest))
    return run


def add_steps(run_key: int | None, steps: list[LinkingStep]) -> None:
    """Keep steps of a run where it is still there, and commit."""
    if run_key is None or db.session.get(LinkingRun, run_key) is None:
        db.session.commit()
        return
    kept = select(LinkingStep.id).where(LinkingStep.run_key == run_key)
    for step in steps:
        step.run_key = run_key
    db.session.add_all(steps)
    db.session.flush()
    oldest = db.session.scalar(kept.order_by(LinkingStep.id.desc()).offset(MAX_STEPS).limit(1))
    if oldest is not None:
        db.session.execute(
            delete(LinkingStep).where(LinkingStep.run_key == run_key, LinkingStep.id <= oldest)
        )
    db.session.commit()


def runs_of(extension_key: int) -> list[LinkingRun]:
    """List the runs of an extension, the newest first."""
    query = select(LinkingRun).where(LinkingRun.extension_key == extension_key)
    return list(db.session.scalars(query.order_by(LinkingRun.id.desc())))


def steps_of(run: LinkingRun) -> list[LinkingStep]:
    """List the steps of a run in their order."""
    query = select(LinkingStep).where(LinkingStep.run_key == run.id).order_by(LinkingStep.id)
    return list(db.session.scalars(query))


def find_run(extension_key: int, number: int) -> LinkingRun:
    """Return a run of an extension, or answer 404."""
    found = db.session.get(LinkingRun, number)
    if found is None or found.extension_key != extension_key:
        abort(404, _("There is no such run; the oldest ones are not kept."))
    return found


def run_with(state: str) -> LinkingRun | None:
    """Return the run that a state is of."""
    if not state.isprintable() or not state:  # no state of ours, and PostgreSQL takes no NUL
        return None
    return db.session.scalar(select(LinkingRun).where(LinkingRun.state == state))


def end_run(run: LinkingRun, outcome: str) -> bool:
    """End a run that is waiting; of two who do it, one succeeds. Committed by the caller.

    :return: whether it was waiting.
    """
    waiting = (LinkingRun.id == run.id, LinkingRun.outcome == WAITING)
    statement = update(LinkingRun).where(*waiting).values(outcome=outcome)
    ended: Any = db.session.execute(statement, execution_options={"synchronize_session": "fetch"})
    return bool(ended.rowcount)


def account_of(extension_key: int) -> LinkedAccount | None:
    """Return the account that is linked with an extension."""
    return db.session.get(LinkedAccount, extension_key)


def keep_tokens(extension_key: int, run_key: int | None, tokens: Tokens) -> None:
    """Keep the tokens of a linked account, in the place of those before; committed by the caller."""
    row = account_of(extension_key)
    if row is None:
        row = LinkedAccount(extension_key=extension_key, received_at=tokens.received_at, access_token="")
        db.session.add(row)
    row.run_key = run_key
    row.access_token, row.refresh_token = tokens.access_token, tokens.refresh_token
    row.scopes, row.expires_in = list(tokens.scopes), tokens.expires_in
    row.received_at = tokens.received_at
    row.is_taken_for_expired = row.is_revoked = False


def forget(extension_key: int) -> None:
    """Forget the linked account; the extension's server is not told."""
    db.session.execute(delete(LinkedAccount).where(LinkedAccount.extension_key == extension_key))
    db.session.commit()
