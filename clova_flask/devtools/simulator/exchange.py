"""An exchange: one message, its answer, and what the platform would refuse in it."""

from __future__ import annotations

from dataclasses import dataclass

from ...custom.rules import AnswerRules
from ...findings import Finding
from .judge import judge
from .reply import NO_ANSWER, Reply


@dataclass(frozen=True)
class Exchange:
    """One message and its answer.

    :ivar label: what set it off, in words.
    :ivar reply: the answer.
    :ivar findings: what the platform would refuse in the answer.
    :ivar why: why the utterance was understood as this request; empty for anything else.
    """

    label: str
    reply: Reply
    findings: tuple[Finding, ...]
    why: str = ""


def judged(label: str, reply: Reply, why: str = "", *, rules: AnswerRules | None = None) -> Exchange:
    """Make an exchange of an answer, with the findings of the judge.

    :param rules: what an answer of the extension may be; None where its platform is not known.
    """
    if reply.status_code == NO_ANSWER:
        return Exchange(label, reply, (Finding("answer.none", reply.text),), why)
    return Exchange(label, reply, tuple(judge(reply, rules)), why)
