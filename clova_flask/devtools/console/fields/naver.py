"""NAVER's form for custom extensions."""

from __future__ import annotations

from ..texts import N_
from .rows import Field, Kind, Size, Step
from .shared import (
    AUDIO,
    CERTIFICATE,
    CONTACT,
    EVERYWHERE,
    EXAMPLES,
    EXTENSION_ID,
    KOREAN,
    NAME,
    NAVER,
    PERSONAL_DATA,
    POLICIES,
    PROVIDER,
    PURCHASES,
    ROUND,
    ROUND_NOT_WHITE,
    TESTERS,
    YN,
    T,
    endpoint,
    linking,
)

NAVER_CUSTOM = (
    Step(
        "info",
        N_("Extension info"),
        (
            KOREAN,
            EXTENSION_ID,
            NAME,
            Field(
                "invocation_names",
                Kind.TEXTS,
                N_("Invocation names"),
                min_count=1,
                max_count=3,
                help=N_("What users call it, one to three. Try each by voice."),
            ),
            PROVIDER,
            AUDIO,
            CONTACT,
            TESTERS,
        ),
    ),
    Step(
        "server", N_("Server"), endpoint(CERTIFICATE, *linking(NAVER, choice=True, policy=False, more=True))
    ),
    Step(
        "store",
        N_("Store info"),
        (
            Field(
                "category",
                Kind.CHOICE,
                N_("Category"),
                choices=(
                    ("food", N_("Food and drink (음식 & 음료)")),
                    ("game", N_("Games and fun (게임 & 재미)")),
                    ("lifestyle", N_("Lifestyle (라이프스타일)")),
                ),
            ),
            Field(
                "review_description",
                Kind.PARAGRAPH,
                N_("Description for review"),
                help=N_(
                    "Not public: a summary in a line, each intent with utterances, a test account where "
                    "accounts are linked."
                ),
            ),
            Field(
                "countries",
                Kind.CHOICE,
                N_("Countries"),
                default="all",
                choices=EVERYWHERE,
            ),
            Field(
                "description",
                Kind.PARAGRAPH,
                N_("Description for users"),
                max_length=500,
                help=N_("What it does and how it is used. A contact for customers must be in it."),
            ),
            Field("summary", T, N_("Summary"), max_length=200),
            EXAMPLES,
            Field(
                "keywords", T, N_("Keywords"), required=False, max_length=100, help=N_("Separated by commas.")
            ),
            Field("small_icon", Kind.IMAGE, N_("Small icon"), size=Size(108, 108), help=ROUND),
            Field(
                "large_icon",
                Kind.IMAGE,
                N_("Large icon"),
                size=Size(512, 512),
                help=ROUND_NOT_WHITE,
            ),
        ),
    ),
    Step(
        "privacy",
        N_("Privacy and compliance"),
        (PURCHASES, PERSONAL_DATA, Field("minors", YN, N_("May minors use it?")), *POLICIES),
    ),
)
