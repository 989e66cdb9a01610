"""What a review looks at: a row each, with who can check it, and the codes of what a program finds.

From the guides' pages on deployment, design and terms.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..fields.shared import LINE, NAVER
from ..fields.tables import CUSTOM, HOME
from ..texts import N_

BOTH = (NAVER, LINE)
ALL = (CUSTOM, HOME)
ONLY_CUSTOM = (CUSTOM,)
ONLY_HOME = (HOME,)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the review.

    :ivar id: ``C1``; C for the form, B for behaviour, H for Clova Home, P for what is allowed, N for names.
    :ivar text: the rule, in English.
    :ivar codes: of the findings of a program; empty where only a human can tell.
    :ivar by_human: whether a human has to look as well.
    :ivar platforms: whose rule it is.
    :ivar kinds: for which extensions.
    :ivar only_linking: whether it is one only for those that link accounts.
    """

    id: str
    text: str
    codes: tuple[str, ...] = ()
    by_human: bool = False
    platforms: tuple[str, ...] = BOTH
    kinds: tuple[str, ...] = ALL
    only_linking: bool = False

    @property
    def needs_endpoint(self) -> bool:
        """Whether a program can tell only by what the endpoint answers."""
        return self.id in _BY_ENDPOINT

    def applies(self, kind: str, platform: str) -> bool:
        """Tell whether the rule is one for such an extension."""
        return kind in self.kinds and platform in self.platforms


_BY_ENDPOINT = frozenset(
    {"C2", "B1", "B3", "B4", "B5", "B6", "B7", "B8", "B9", "B10", "H1", "H2", "H3", "H4"}
)

_ANSWER = ("answer.status", "answer.not-json", "answer.invalid-field", "answer.version")

RULES = (
    Rule(
        "C1",
        N_("All required fields are filled in; what they say is true and current."),
        ("review.missing-field", "review.page-address"),
        by_human=True,
    ),
    Rule(
        "C2",
        N_("The model was built after its last change, and the server is up."),
        ("review.not-built", "answer.none"),
        by_human=True,
    ),
    Rule(
        "C3",
        N_("The endpoint is on https at port 443, not a development address."),
        ("review.endpoint-address",),
    ),
    Rule(
        "C4",
        N_("Account linking is set up: https, a page for phones, no pop-ups, state and code returned."),
        ("review.linking-address",),
        by_human=True,
        only_linking=True,
    ),
    Rule(
        "C5",
        N_("The reviewer has a test account."),
        ("review.no-test-account",),
        by_human=True,
        only_linking=True,
    ),
    Rule(
        "C6",
        N_("The three example utterances work when they are spoken to a device."),
        ("review.first-example", "review.example"),
        by_human=True,
        kinds=ONLY_CUSTOM,
    ),
    Rule(
        "C7",
        N_("The description tells what it does and how it is used; on NAVER it has a contact for customers."),
        ("review.no-contact",),
        by_human=True,
        kinds=ONLY_CUSTOM,
    ),
    Rule(
        "C8",
        N_("The icons have the right size and format, are round, and their ground is not white."),
        ("review.icon-size", "review.icon-white", "review.icon-not-round"),
    ),
    Rule(
        "C9",
        N_("The text for the reviewer has a summary, and each intent with utterances."),
        ("review.thin-text",),
        by_human=True,
    ),
    Rule(
        "C10",
        N_("Description, category and keywords fit the extension."),
        ("review.too-many-keywords",),
        by_human=True,
    ),
    Rule(
        "C11",
        N_("What is said of purchases, personal data and minors is what it does."),
        ("review.no-policy",),
        by_human=True,
    ),
    Rule(
        "B1",
        N_("Each declared intent is answered, as the description promises."),
        (*_ANSWER, "review.not-answered"),
        by_human=True,
        kinds=ONLY_CUSTOM,
    ),
    Rule(
        "B2",
        N_("The dialogue is natural; no banned or discriminating words in expressions and answers."),
        by_human=True,
        kinds=ONLY_CUSTOM,
    ),
    Rule(
        "B3",
        N_("The built-in intents are answered: all of them on NAVER, GuideIntent on LINE."),
        ("review.not-answered",),
        kinds=ONLY_CUSTOM,
    ),
    Rule("B4", N_("It always answers; on LINE within 8 seconds."), ("review.slow", "answer.none")),
    Rule(
        "B5",
        N_("Messages with a bad signature are refused; on LINE also those for another extension."),
        ("review.not-refused",),
    ),
    Rule(
        "B6",
        N_("Audio: registered as such, MP3 or HLS, on https."),
        ("review.audio-flag", "review.audio-format", "answer.directive"),
        kinds=ONLY_CUSTOM,
    ),
    Rule(
        "B7",
        N_("Audio: pause, resume, next and previous are answered; what follows the end of a piece as well."),
        ("review.audio-not-obeyed", "review.audio-end"),
        by_human=True,
        kinds=ONLY_CUSTOM,
    ),
    Rule(
        "B8",
        N_("Only directives that are documented, or agreed upon."),
        ("answer.directive",),
        kinds=ONLY_CUSTOM,
    ),
    Rule(
        "B9",
        N_("Enabling and disabling are answered, the user's data is then deleted; there are no cards."),
        ("answer.not-on-platform",),
        by_human=True,
        platforms=(LINE,),
        kinds=ONLY_CUSTOM,
    ),
    Rule(
        "B10",
        N_("Where the token is missing or not valid, the user is told to link again."),
        ("review.token-not-refused", "review.token-breaks", "review.link-again"),
        by_human=True,
        only_linking=True,
    ),
    Rule(
        "H1",
        N_("Every action of every registered product works."),
        ("review.action-failed",),
        by_human=True,
        platforms=(NAVER,),
        kinds=ONLY_HOME,
    ),
    Rule(
        "H2",
        N_("Appliance types and model names are those of real products; logo and banner are right."),
        ("review.type-not-entered",),
        by_human=True,
        platforms=(NAVER,),
        kinds=ONLY_HOME,
    ),
    Rule(
        "H3",
        N_("Discovery fills in all fields, and only actions that the device has."),
        (
            "review.thin-discovery",
            "answer.action-not-allowed",
            "answer.unknown-appliance-type",
            "answer.repeated-appliance",
        ),
        platforms=(NAVER,),
        kinds=ONLY_HOME,
    ),
    Rule(
        "H4",
        N_("The name of each reply fits the request; errors are HTTP 200 as well."),
        ("answer.wrong-reply", *_ANSWER),
        platforms=(NAVER,),
        kinds=ONLY_HOME,
    ),
    Rule(
        "H5",
        N_("Push messages only for danger to people or property."),
        by_human=True,
        platforms=(NAVER,),
        kinds=ONLY_HOME,
    ),
    Rule(
        "P1",
        N_("Safety: nothing that harms life, lures minors, or attacks systems or data."),
        by_human=True,
    ),
    Rule(
        "P2",
        N_("Rights: content that is your own or licensed; no gambling, obscenity or crime."),
        by_human=True,
    ),
    Rule("P3", N_("Morals: no slander, hate or discrimination; not posing as the platform."), by_human=True),
    Rule(
        "P4",
        N_("Privacy: neither the use of Clova nor sensitive data is collected."),
        by_human=True,
    ),
    Rule(
        "P5",
        N_("Money, payment, sales and advertising are agreed upon with the platform."),
        ("review.purchases",),
        by_human=True,
    ),
    Rule("P6", N_("Where it needs a device, the device can be lent to the reviewer."), by_human=True),
    Rule(
        "P7",
        N_("Linked with LINE: bot and skill are of one provider; the user knows which bot writes."),
        by_human=True,
        platforms=(LINE,),
    ),
    Rule(
        "N1",
        N_("Names are not a single word, unless it is a brand of your own."),
        ("review.single-word-name",),
    ),
    Rule("N2", N_("Names are not generic, even with two words."), by_human=True),
    Rule("N3", N_("Names are not only the name of a person or a place."), by_human=True),
    Rule("N4", N_("Names have none of the platform's own words in them."), ("review.reserved-name",)),
    Rule("N5", N_("Names are not those of another extension, nor close to them."), ("review.name-taken",)),
    Rule("N6", N_("Names do not mislead, and fit each other and the content."), by_human=True),
    Rule(
        "N7",
        N_("Further invocation names are only variants of the main one."),
        by_human=True,
        platforms=(LINE,),
        kinds=ONLY_CUSTOM,
    ),
    Rule("N8", N_("Names keep the terms of use."), by_human=True),
    Rule("N9", N_("Names are easy to say, hard to mishear, and their reading is clear."), by_human=True),
)
"""The rules of both platforms, in the order of the guides."""


def rules_of(kind: str, platform: str) -> list[Rule]:
    """List the rules for such an extension."""
    return [rule for rule in RULES if rule.applies(kind, platform)]
