"""Codes of what a review would object to, beside those of settings, handlers, model and answers."""

from __future__ import annotations

from .rows import Code, Severity

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING

REVIEW_CODES = (
    Code(
        "review.missing-field",
        _ERROR,
        "A field of the console's form that a review needs is empty.",
        "Fill it in.",
    ),
    Code(
        "review.not-built",
        _ERROR,
        "The interaction model was changed after it was built, or was never built. Users and tests have what "
        "was built last.",
        "Build the model.",
    ),
    Code(
        "review.endpoint-address",
        _ERROR,
        "The endpoint is not on https at port 443, or at an address that the platform cannot reach.",
        "Enter the address of the server that users are to be served by.",
    ),
    Code(
        "review.linking-address",
        _ERROR,
        "An address of account linking is not on https at port 443, or cannot be reached from outside.",
        "Enter the address of the OAuth server that users are to sign in to.",
    ),
    Code(
        "review.page-address",
        _ERROR,
        "A page that the store links to is not on https, or cannot be reached from outside.",
        "Enter its public address.",
    ),
    Code(
        "review.no-test-account",
        _ERROR,
        "Accounts are linked, and the text for the reviewer names no test account.",
        "Write the id and the password of an account that the reviewer may use.",
    ),
    Code(
        "review.first-example",
        _ERROR,
        "On LINE the first example utterance must launch the skill: the main invocation name with a phrase "
        "such as を起動して.",
        "Write the invocation name and the phrase.",
    ),
    Code(
        "review.example",
        _ERROR,
        "An example utterance does not call the extension by one of its names, or is not understood by the "
        "interaction model. Each must work as it stands, without a session.",
        "Begin the example with an invocation name, and let what follows be one of the model's expressions.",
    ),
    Code(
        "review.no-contact",
        _ERROR,
        "The description for users names no contact. NAVER's review refuses that.",
        "Write an e-mail address, a phone number or a page for customers into it.",
    ),
    Code(
        "review.icon-size",
        _ERROR,
        "An icon is not a PNG or JPG of the size that the store shows.",
        "Upload one of the size that the field tells.",
    ),
    Code(
        "review.icon-white",
        _ERROR,
        "The ground of the large icon is white, or transparent, which the store shows on white.",
        "Give it a ground of another colour.",
    ),
    Code(
        "review.icon-not-round",
        _WARNING,
        "The corners of an icon are neither transparent nor white, so it is not round.",
        "Cut it to a circle, or see that nothing is lost where the store cuts it.",
    ),
    Code(
        "review.thin-text",
        _WARNING,
        "The text for the reviewer is too short to hold a summary and each intent with utterances.",
        "Write what the extension does, and what the reviewer can say for each intent.",
    ),
    Code(
        "review.no-policy",
        _ERROR,
        "Personal data is collected, and there is no privacy policy.",
        "Enter the address of the privacy policy.",
    ),
    Code(
        "review.purchases",
        _WARNING,
        "There are purchases. NAVER asks for a partnership first, LINE for its consent, and orders need "
        "account linking.",
        "Settle that with the platform, and tell it in the text for the reviewer.",
    ),
    Code(
        "review.too-many-keywords",
        _ERROR,
        "There are more keywords than the platform allows.",
        "Leave some out.",
    ),
    Code(
        "review.single-word-name",
        _WARNING,
        "A name is a single word, which is refused unless it is a brand or a service of your own.",
        "Add the brand or the maker.",
    ),
    Code(
        "review.reserved-name",
        _ERROR,
        "A name has a word of the platform's own in it: it wakes Clova, starts or ends an extension, or "
        "asks her for something.",
        "Choose a name without it.",
    ),
    Code(
        "review.name-taken",
        _ERROR,
        "Another extension in this console has the same name or invocation name.",
        "Choose another.",
    ),
    Code(
        "review.not-refused",
        _ERROR,
        "A message that the platform did not sign, or that is for another extension, was not refused.",
        "Verify the signature of each message, and the extension's id.",
    ),
    Code(
        "review.slow",
        _ERROR,
        "The answer came later than the platform waits for it.",
        "Answer first, and do what takes long afterwards.",
    ),
    Code(
        "review.not-answered",
        _WARNING,
        "An intent is answered just as one that does not exist.",
        "Add a handler for this intent that does what the intent's name says.",
    ),
    Code(
        "review.audio-flag",
        _ERROR,
        "An answer plays audio, and the extension is not registered as one that uses AudioPlayer.",
        "Choose that it uses AudioPlayer.",
    ),
    Code(
        "review.audio-not-obeyed",
        _ERROR,
        "While audio plays, a built-in intent such as Clova.PauseIntent does not do what its name says.",
        "Answer it with the directive that the message names.",
    ),
    Code(
        "review.audio-end",
        _WARNING,
        "A piece of audio ended, and the answer to AudioPlayer.PlayFinished neither plays nor says anything. "
        "A review wants the next action, unless this was the last piece.",
        "Play the next piece, enqueue it before the end, or say that it was the last.",
    ),
    Code(
        "review.audio-format",
        _ERROR,
        "An answer plays AAC. Only MP3 and HLS are supported.",
        "Deliver MP3 or HLS.",
    ),
    Code(
        "review.token-not-refused",
        _ERROR,
        "A message with a token that no account has was answered as if an account had it.",
        "Answer Clova Home with InvalidAccessTokenError; in a custom extension tell the user to link again.",
    ),
    Code(
        "review.token-breaks",
        _ERROR,
        "Nothing is said in answer to a message without an access token, or with one that is not valid.",
        "Tell the user to link the account, also where the token is of nobody.",
    ),
    Code(
        "review.link-again",
        _WARNING,
        "Without a valid access token the answer is another, and does not tell the user to link the account.",
        "Say that the account has to be linked, and where.",
    ),
    Code(
        "review.action-failed",
        _ERROR,
        "An appliance refuses an action that discovery tells of, with a value within its limits.",
        "Let it work, or leave the action out of the appliance.",
    ),
    Code(
        "review.thin-discovery",
        _WARNING,
        "A discovered appliance lacks a field that NAVER's guide asks for.",
        "Fill in all fields but additionalApplianceDetails.",
    ),
    Code(
        "review.type-not-entered",
        _WARNING,
        "Discovery gives an appliance of a type that is not entered on the console's form.",
        "Add the type and its models to the form, or correct what discovery gives.",
    ),
    Code(
        "review.not-checked",
        _WARNING,
        "A rule of the review could not be checked here.",
        "Do what the message says, or check it by hand.",
    ),
)
