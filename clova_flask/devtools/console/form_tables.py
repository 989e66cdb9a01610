"""The consoles' forms, one row a field: NAVER's for custom extensions and for Clova Home, and LINE's.

From the guides' pages on registering, server settings, account linking, deployment and privacy, and from
their screenshots, where most of the limits stand. What no guide tells is not limited here: the length of ids,
names and URLs.
"""

from __future__ import annotations

from ...platforms import PLATFORMS
from .fields import N_, Field, Kind, Size, Step

CUSTOM = "custom"
HOME = "home"
NAVER = "naver"
LINE = "line"

_T, _U, _YN = Kind.TEXT, Kind.URL, Kind.YES_NO

BASIC = "HTTP Basic (Recommended)"
BODY = "Credentials in request body"
CLIENT_AUTHENTICATIONS = ((BASIC, BASIC), (BODY, BODY))

EXTENSION_ID = Field(
    "extension_id", _T, N_("Extension ID"), fixed=True,
    help=N_("A reversed domain name, such as com.example.pizzabot. It can never be changed."),
)  # fmt: skip
_NAME = Field(
    "name", _T, N_("Skill name"), help=N_("What the store shows. It should hold the brand or the maker. Judged at review.")
)  # fmt: skip
_PROVIDER = Field("provider", _T, N_("Provider"), help=N_("A company or a person, shown in the store."))
_CONTACT = Field("contact", Kind.EMAIL, N_("Contact e-mail"), help=N_("Where the result of a review is sent."))
_TESTERS = Field(
    "testers", Kind.LINES, N_("Tester accounts"), required=False, max_count=10,
    help=N_("One account a line, at most 10, your own among them."),
)  # fmt: skip
_KOREAN = Field("language", Kind.CHOICE, N_("Language"), choices=(("ko", N_("Korean")),), default="ko", fixed=True)

_ENDPOINT = N_(
    "Where CEK posts its messages. While testing it may be on this machine: http://127.0.0.1:5000/clova."
)
_CERTIFICATE = Field(
    "trusted_certificate", Kind.AGREED, N_("The server has a certificate of a public authority"),
    help=N_("A certificate that the server signed itself is refused in service."),
)  # fmt: skip
_AUDIO = Field(
    "audio_player", _YN, N_("Uses AudioPlayer"), default=False,
    help=N_("Music, podcasts and other streams. Without it, Clova plays no audio. AAC is not supported."),
)  # fmt: skip


def _linking(platform: str, *, choice: bool, policy: bool, more: bool) -> tuple[Field, ...]:
    """Write the block of account linking.

    :param choice: whether linking is chosen by a yes; in Clova Home it always is.
    :param policy: whether the privacy policy must be given.
    :param more: whether the console asks for settings page, privacy policy and domains.
    """
    when = "account_linking" if choice else ""
    further = (
        Field("settings_url", _U, N_("Account settings page"), required=False, when=when),
        Field(
            "linking_policy_url", _U, N_("Privacy policy of the linked service"), required=policy, when=when,
            help=N_("Shown in the store."),
        ),
        Field(
            "domains", Kind.LINES, N_("Domains"), required=False, max_count=15, when=when,
            help=N_("Other domains that the login pages load from, one a line, at most 15."),
        ),
    )  # fmt: skip
    return (
        *((Field("account_linking", _YN, N_("Account linking"), default=False),) if choice else ()),
        Field(
            "authorization_url", _U, N_("Authorization URL"), when=when,
            help=N_("The login page: on https, made for phones, without pop-ups."),
        ),
        Field("client_id", _T, N_("Client ID"), when=when),
        *(further if more else ()),
        Field(
            "scopes", Kind.LINES, N_("Scopes"), required=False, max_count=15, when=when,
            help=N_("One a line, at most 15."),
        ),
        Field(
            "redirect_url", Kind.SHOWN, N_("Redirect URL"), when=when,
            shown=PLATFORMS[platform].redirect_url,
            help=N_("Register it with your OAuth server, also with / at its end."),
        ),
        Field("grant_type", Kind.SHOWN, N_("Grant type"), when=when, shown=N_("Authorization code")),
        Field(
            "token_url", _U, N_("Access token URI"), when=when,
            help=N_("With its query: https://example.com/token?grant_type=authorization_code"),
        ),
        Field(
            "refresh_url", _U, N_("Refresh token URI"), required=False, when=when,
            help=N_("With its query: https://example.com/token?grant_type=refresh_token"),
        ),
        Field("client_secret", Kind.SECRET, N_("Client secret"), when=when),
        Field(
            "client_authentication", Kind.CHOICE, N_("Client authentication"), required=False, when=when,
            choices=CLIENT_AUTHENTICATIONS, default=BASIC,
        ),
    )  # fmt: skip


def _endpoint(*more: Field) -> tuple[Field, ...]:
    return (Field("endpoint_url", _U, N_("Endpoint URL"), help=_ENDPOINT), *more)


_PURCHASES = Field("purchases", _YN, N_("Are there purchases?"))
_PERSONAL_DATA = Field("personal_data", _YN, N_("Does it collect personal data?"))
_POLICIES = (
    Field(
        "policy_url", _U, N_("Privacy policy"), required=False, help=N_("Expected where personal data is collected.")
    ),
    Field("terms_url", _U, N_("Terms of use"), required=False),
)
_EVERYWHERE = (("all", N_("All countries where Clova offers extensions")),)
_EXAMPLES = Field(
    "examples", Kind.TEXTS, N_("Example utterances"), min_count=3, max_count=3,
    help=N_("Three, each of which works as it stands when it is spoken."),
)  # fmt: skip
_ROUND = N_("PNG or JPG, made to be cut to a circle.")
_ROUND_NOT_WHITE = N_("PNG or JPG, made to be cut to a circle. The ground must not be white.")

_NAVER_CUSTOM = (
    Step(
        "info", N_("Extension info"),
        (
            _KOREAN,
            EXTENSION_ID,
            _NAME,
            Field(
                "invocation_names", Kind.TEXTS, N_("Invocation names"), min_count=1, max_count=3,
                help=N_("What users call it, one to three. Try each by voice."),
            ),
            _PROVIDER,
            _AUDIO,
            _CONTACT,
            _TESTERS,
        ),
    ),
    Step("server", N_("Server"), _endpoint(_CERTIFICATE, *_linking(NAVER, choice=True, policy=False, more=True))),
    Step(
        "store", N_("Store info"),
        (
            Field(
                "category", Kind.CHOICE, N_("Category"),
                choices=(("food", "음식 & 음료"), ("game", "게임 & 재미"), ("lifestyle", "라이프스타일")),
            ),
            Field(
                "review_description", Kind.PARAGRAPH, N_("Description for review"),
                help=N_("Not public: a summary in a line, each intent with utterances, a test account where accounts "
                "are linked."),
            ),
            Field(
                "countries", Kind.CHOICE, N_("Countries"), default="all",
                choices=_EVERYWHERE,
            ),
            Field(
                "description", Kind.PARAGRAPH, N_("Description for users"), max_length=500,
                help=N_("What it does and how it is used. A contact for customers must be in it."),
            ),
            Field("summary", _T, N_("Summary"), max_length=200),
            _EXAMPLES,
            Field("keywords", _T, N_("Keywords"), required=False, max_length=100, help=N_("Separated by commas.")),
            Field("small_icon", Kind.IMAGE, N_("Small icon"), size=Size(108, 108), help=_ROUND),
            Field(
                "large_icon", Kind.IMAGE, N_("Large icon"), size=Size(512, 512),
                help=_ROUND_NOT_WHITE,
            ),
        ),
    ),
    Step(
        "privacy", N_("Privacy and compliance"),
        (_PURCHASES, _PERSONAL_DATA, Field("minors", _YN, N_("May minors use it?")), *_POLICIES),
    ),
)  # fmt: skip

_DEVICES = ("WAVE", "Friends", "Friends mini", "Desk", "Xperia Ear Duo")

_LINE_CUSTOM = (
    Step(
        "info", N_("Basic info"),
        (
            EXTENSION_ID,
            _NAME,
            Field(
                "name_reading", _T, N_("Reading of the skill name"), required=False,
                help=N_("In kana, where the name would be misread."),
            ),
            Field(
                "invocation_name", _T, N_("Main invocation name"), max_length=30,
                help=N_("Not a generic word; a brand with a word is fine. Judged at review."),
            ),
            Field(
                "sub_invocation_names", Kind.TEXTS, N_("Further invocation names"), required=False, max_count=4,
                max_length=30, help=N_("Only other spellings of the main one."),
            ),
        ),
    ),
    Step("server", N_("Server"), _endpoint(_AUDIO, _CERTIFICATE)),
    Step("linking", N_("Account linking"), _linking(LINE, choice=True, policy=True, more=True)),
    Step(
        "store", N_("Skill store"),
        (
            Field("category", Kind.CHOICE, N_("Category"), choices=(("food", "フード・ドリンク"),)),
            Field(
                "countries", Kind.CHOICE, N_("Countries"), default="all",
                choices=_EVERYWHERE,
            ),
            Field(
                "description", Kind.PARAGRAPH, N_("Description for users"), max_length=500,
                help=N_("What it does and how it is used."),
            ),
            Field(
                "examples", Kind.TEXTS, N_("Example utterances"), min_count=3, max_count=3,
                help=N_("Three. The first has the invocation name and the phrase that launches the skill."),
            ),
            Field(
                "keywords", _T, N_("Keywords"), required=False,
                help=N_("At most five, separated by commas."),
            ),
            Field("large_icon", Kind.IMAGE, N_("Icon"), size=Size(512, 512), help=_ROUND),
            Field(
                "devices", Kind.CHOICES, N_("Target devices"), min_count=1,
                choices=tuple((device, device) for device in _DEVICES),
            ),
        ),
    ),
    Step("privacy", N_("Privacy and terms"), (_PURCHASES, _PERSONAL_DATA, *_POLICIES)),
    Step(
        "review", N_("Review info"),
        (
            Field(
                "provider_kind", Kind.CHOICE, N_("Kind of provider"),
                choices=(("company", N_("Company")), ("person", N_("Individual"))),
            ),
            Field(
                "provider", _T, N_("Provider"),
                help=N_("Shown in the store; the formal name of a company."),
            ),
            Field("provider_reading", _T, N_("Reading of the provider's name")),
            Field("head_office", _T, N_("Head office"), required=False, help=N_("Of a company.")),
            Field("phone", _T, N_("Phone"), required=False, help=N_("Of a company.")),
            Field("representative", _T, N_("Representative"), required=False, help=N_("Of a company.")),
            Field("site_url", _U, N_("Website"), required=False, help=N_("Of a company, where it has one.")),
            _CONTACT,
            Field(
                "line_account", _T, N_("LINE account"), required=False,
                help=N_("Only for linking with LINE: an account of the same provider."),
            ),
            Field(
                "review_description", Kind.PARAGRAPH, N_("Comment for the reviewer"), max_length=5000,
                help=N_("Not public: outline, intents with utterances, a test account where accounts are linked, free "
                "materials that are used."),
            ),
        ),
    ),
)  # fmt: skip

_NAVER_HOME = (
    Step("info", N_("Extension info"), (_KOREAN, EXTENSION_ID, _NAME, _PROVIDER, _CONTACT, _TESTERS)),
    Step("server", N_("Server"), _endpoint(_CERTIFICATE, *_linking(NAVER, choice=False, policy=False, more=False))),
    Step(
        "appliances", N_("Appliances"),
        (
            Field(
                "appliances", Kind.APPLIANCES, N_("Appliances"), max_length=32,
                help=N_("The types, and of each the models that are really sold."),
            ),
        ),
    ),
    Step("push", N_("Push"), (Field("push", Kind.PUSH, N_("Push messages"), required=False, max_length=200, max_count=10),)),
    Step(
        "page", N_("Page info"),
        (
            Field("large_icon", Kind.IMAGE, N_("Icon"), size=Size(250, 250), help=_ROUND),
            Field("banner", Kind.IMAGE, N_("Banner"), size=Size(750, 500), help=N_("PNG or JPG.")),
            Field("site_url", _U, N_("Website"), required=False),
            Field(
                "review_description", Kind.PARAGRAPH, N_("Description for review"), required=False,
                help=N_("Not public. The reviewer needs a test account."),
            ),
        ),
    ),
    Step("privacy", N_("Privacy and compliance"), (_PERSONAL_DATA,)),
)  # fmt: skip

FORMS: dict[tuple[str, str], tuple[Step, ...]] = {
    (CUSTOM, NAVER): _NAVER_CUSTOM,
    (CUSTOM, LINE): _LINE_CUSTOM,
    (HOME, NAVER): _NAVER_HOME,
}
"""The steps of each form, by kind of extension and platform. LINE's console takes no Clova Home extension."""


def form_of(kind: str, platform: str) -> tuple[Step, ...]:
    """Return the steps of a form."""
    return FORMS[kind, platform]


def fields_of(kind: str, platform: str) -> dict[str, Field]:
    """Return all fields of a form by name."""
    return {field.name: field for step in form_of(kind, platform) for field in step.fields}
