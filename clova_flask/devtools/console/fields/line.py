"""LINE's form for custom extensions."""

from __future__ import annotations

from ..texts import N_
from .rows import Field, Kind, Size, Step
from .shared import (
    AUDIO,
    CERTIFICATE,
    CONTACT,
    EVERYWHERE,
    EXTENSION_ID,
    LINE,
    NAME,
    PERSONAL_DATA,
    POLICIES,
    PURCHASES,
    SQUARE_OR_ROUND,
    T,
    U,
    endpoint,
    linking,
)

_DEVICES = ("WAVE", "Friends", "Friends mini", "Desk", "Xperia Ear Duo")

LINE_CUSTOM = (
    Step(
        "info",
        N_("Basic info"),
        (
            EXTENSION_ID,
            NAME,
            Field(
                "name_reading",
                T,
                N_("Reading of the skill name"),
                required=False,
                help=N_("In kana, where the name would be misread."),
            ),
            Field(
                "invocation_name",
                T,
                N_("Main invocation name"),
                max_length=30,
                help=N_("Not a generic word; a brand with a word is fine. Judged at review."),
            ),
            Field(
                "sub_invocation_names",
                Kind.TEXTS,
                N_("Further invocation names"),
                required=False,
                max_count=4,
                max_length=30,
                help=N_("Only other spellings of the main one."),
            ),
        ),
    ),
    Step("server", N_("Server"), endpoint(AUDIO, CERTIFICATE)),
    Step("linking", N_("Account linking"), linking(LINE, choice=True, policy=True, more=True)),
    Step(
        "store",
        N_("Skill store"),
        (
            Field(
                "category",
                Kind.CHOICE,
                N_("Category"),
                choices=(("food", N_("Food and drink (フード・ドリンク)")),),
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
                help=N_("What it does and how it is used."),
            ),
            Field(
                "examples",
                Kind.TEXTS,
                N_("Example utterances"),
                min_count=3,
                max_count=3,
                help=N_("Three. The first has the invocation name and the phrase that launches the skill."),
            ),
            Field(
                "keywords",
                T,
                N_("Keywords"),
                required=False,
                help=N_("At most five, separated by commas."),
            ),
            Field("large_icon", Kind.IMAGE, N_("Icon"), size=Size(512, 512), help=SQUARE_OR_ROUND),
            Field(
                "devices",
                Kind.CHOICES,
                N_("Target devices"),
                min_count=1,
                choices=tuple((device, device) for device in _DEVICES),
            ),
        ),
    ),
    Step("privacy", N_("Privacy and terms"), (PURCHASES, PERSONAL_DATA, *POLICIES)),
    Step(
        "review",
        N_("Review info"),
        (
            Field(
                "provider_kind",
                Kind.CHOICE,
                N_("Kind of provider"),
                choices=(("company", N_("Company")), ("person", N_("Individual"))),
            ),
            Field(
                "provider",
                T,
                N_("Provider"),
                help=N_("Shown in the store; the formal name of a company."),
            ),
            Field("provider_reading", T, N_("Reading of the provider's name")),
            Field("head_office", T, N_("Head office"), required=False, help=N_("Of a company.")),
            Field("phone", T, N_("Phone"), required=False, help=N_("Of a company.")),
            Field("representative", T, N_("Representative"), required=False, help=N_("Of a company.")),
            Field("site_url", U, N_("Website"), required=False, help=N_("Of a company, where it has one.")),
            CONTACT,
            Field(
                "line_account",
                T,
                N_("LINE account"),
                required=False,
                help=N_("Only for linking with LINE: an account of the same provider."),
            ),
            Field(
                "review_description",
                Kind.PARAGRAPH,
                N_("Comment for the reviewer"),
                max_length=5000,
                help=N_(
                    "Not public: outline, intents with utterances, a test account where accounts are linked, "
                    "free materials that are used."
                ),
            ),
        ),
    ),
)
