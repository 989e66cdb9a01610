"""NAVER's form for Clova Home extensions. LINE's console takes none."""

from __future__ import annotations

from ..texts import N_
from .rows import Field, Kind, Size, Step
from .shared import (
    CERTIFICATE,
    CONTACT,
    EXTENSION_ID,
    KOREAN,
    NAME,
    NAVER,
    PERSONAL_DATA,
    PROVIDER,
    ROUND,
    TESTERS,
    U,
    endpoint,
    linking,
)

NAVER_HOME = (
    Step("info", N_("Extension info"), (KOREAN, EXTENSION_ID, NAME, PROVIDER, CONTACT, TESTERS)),
    Step(
        "server", N_("Server"), endpoint(CERTIFICATE, *linking(NAVER, choice=False, policy=False, more=False))
    ),
    Step(
        "appliances",
        N_("Appliances"),
        (
            Field(
                "appliances",
                Kind.APPLIANCES,
                N_("Appliances"),
                max_length=32,
                help=N_("The types, and of each the models that are really sold."),
            ),
        ),
    ),
    Step(
        "push",
        N_("Push"),
        (Field("push", Kind.PUSH, N_("Push messages"), required=False, max_length=200, max_count=10),),
    ),
    Step(
        "page",
        N_("Page info"),
        (
            Field("large_icon", Kind.IMAGE, N_("Icon"), size=Size(250, 250), help=ROUND),
            Field("banner", Kind.IMAGE, N_("Banner"), size=Size(750, 500), help=N_("PNG or JPG.")),
            Field("site_url", U, N_("Website"), required=False),
            Field(
                "review_description",
                Kind.PARAGRAPH,
                N_("Description for review"),
                required=False,
                help=N_("Not public. The reviewer needs a test account."),
            ),
        ),
    ),
    Step("privacy", N_("Privacy and compliance"), (PERSONAL_DATA,)),
)
