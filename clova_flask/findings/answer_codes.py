"""Codes of what the judge finds in an answer."""

from __future__ import annotations

from .rows import Code, Severity

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING

ANSWER_CODES = (
    Code(
        "answer.none",
        _ERROR,
        "No answer came from the endpoint.",
        "Start the server, and check the address and the port.",
    ),
    Code(
        "answer.status",
        _ERROR,
        "The answer is not HTTP 200. CEK accepts no other status; the user hears that the extension failed.",
        "Read the message and the log of the app. 401 is a signature that the app does not trust, 403 the id "
        "of another extension, 500 an exception in a handler.",
    ),
    Code(
        "answer.not-json",
        _ERROR,
        "The answer is not a JSON object.",
        "Check that the address is the endpoint of the extension, and that no proxy answers in its place.",
    ),
    Code(
        "answer.invalid-field",
        _ERROR,
        "A field of the answer is missing, unknown, or has a value that the protocol does not allow.",
        "Fix the value that the handler returns for this field.",
    ),
    Code(
        "answer.version",
        _ERROR,
        "The version of the answer is not the version of the request.",
        "Leave out version in the dict that the handler returns; it is filled in.",
    ),
    Code(
        "answer.unheard-reprompt",
        _ERROR,
        "The answer has a reprompt but ends the session, so the user never hears the reprompt.",
        "Set shouldEndSession to false, or leave out the reprompt.",
    ),
    Code(
        "answer.directive",
        _ERROR,
        "A directive is unknown, its payload is not what the guide defines, or no device can fetch a "
        "URL in it.",
        "Use the builders of clova_flask.audio and clova_flask.playback, or fix the field in the payload.",
    ),
    Code(
        "answer.card",
        _ERROR,
        "The card is not what its content template defines, or nobody can fetch or open a URL in it: a path, "
        "file:, no host, a space.",
        "Use the builders of clova_flask.cards, or fix the field. url_for(…, _external=True) makes an "
        "absolute URL; an empty one stands for none.",
    ),
    Code(
        "answer.not-on-platform",
        _WARNING,
        "The platform of the extension does not have a part of the answer, so it has no effect, or advises "
        "against an answer of that length.",
        "Leave it out, or say what it has, on this platform.",
    ),
    Code(
        "answer.wrong-reply",
        _ERROR,
        "The answer to a Clova Home request has another name than the reply of its interface.",
        "Return the reply of the interface that was asked for, or raise an error of clova_flask.home.",
    ),
    Code(
        "answer.repeated-appliance",
        _ERROR,
        "Two appliances of a discovery answer have the same applianceId.",
        "Use an id that only one appliance of the user has.",
    ),
    Code(
        "answer.unknown-appliance-type",
        _ERROR,
        "A discovery answer has an appliance type that the guides do not define.",
        "Use one of clova_flask.home.APPLIANCE_TYPES.",
    ),
    Code(
        "answer.action-not-allowed",
        _ERROR,
        "A discovery answer has an action that none of the appliance's types allows.",
        "Remove the action, or add the type that has it.",
    ),
    Code(
        "answer.endless-events",
        _ERROR,
        "Each event set off another one, without end. The simulated CEK stopped sending them.",
        "Answer at least one of the events without the directive or the speech token that sets off the next.",
    ),
)
