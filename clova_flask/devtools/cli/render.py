"""Exchanges and remarks as coloured lines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import click

from ..simulator.exchange import Exchange
from ..simulator.reply import Reply
from ..simulator.talk import Kind, Remark
from ..simulator.wording import asked, card_in_words, directive_in_words, said
from .findings import styled


def render(exchange: Exchange, *, as_json: bool = False) -> Iterator[str]:
    """Write an exchange.

    :param as_json: also show both messages whole.
    """
    reply = exchange.reply
    yield click.style(f"  → {asked(reply.request)}", fg="cyan")
    if exchange.why:
        yield click.style(f"    {exchange.why}", dim=True)
    if as_json:
        yield from _json("request", reply.request)
        yield from _json("answer", reply.json if reply.json is not None else reply.text)
    if reply.status_code == 200 and isinstance(reply.json, dict):
        yield from _home(reply) if "header" in reply.json else _custom(reply)
    for finding in exchange.findings:
        yield f"  {styled(finding)}"


def render_remark(remark: Remark) -> str:
    """Write a remark."""
    if remark.kind is Kind.PROBLEM:
        return click.style(f"  {remark.text}", fg="yellow")
    if remark.kind is Kind.HELP:
        return f"  {remark.text}"
    return click.style(f"  ({remark.text})", dim=True)


def _json(title: str, message: Any) -> Iterator[str]:
    yield click.style(f"  {title}:", dim=True)
    yield from ("    " + line for line in json.dumps(message, ensure_ascii=False, indent=2).splitlines())


def _home(reply: Reply) -> Iterator[str]:
    header = reply.json["header"]
    name = str(header.get("name") if isinstance(header, dict) else header)
    yield click.style(f"Home: {name}", bold=True, fg="red" if name.endswith("Error") else None)
    payload = reply.json.get("payload")
    if payload:
        yield from ("  " + line for line in json.dumps(payload, ensure_ascii=False, indent=2).splitlines())


def _custom(reply: Reply) -> Iterator[str]:
    response = reply.json.get("response")
    if not isinstance(response, dict):
        return
    for text in said(response.get("outputSpeech")):
        yield click.style(f"Clova: {text}", bold=True)
    reprompt = response.get("reprompt")
    if isinstance(reprompt, dict):
        for text in said(reprompt.get("outputSpeech")):
            yield click.style(f"  (after silence) {text}", dim=True)
    if response.get("card"):
        yield f"  {card_in_words(response['card'])}"
    directives = response.get("directives")
    for directive in directives if isinstance(directives, list) else []:
        yield f"  {directive_in_words(directive)}"
