"""Fields that several of the consoles' forms have.

From the guides' pages on registering, server settings, account linking, deployment and privacy, and from
their screenshots, where most of the limits stand. What no guide tells is not limited: the length of ids,
names and URLs.
"""

from __future__ import annotations

from ....platforms import PLATFORMS
from ..texts import N_
from .rows import Field, Kind

LINE = "line"
NAVER = "naver"

T, U, YN = Kind.TEXT, Kind.URL, Kind.YES_NO

BASIC = N_("HTTP Basic (Recommended)")
BODY = N_("Credentials in request body")
CLIENT_AUTHENTICATIONS = ((BASIC, BASIC), (BODY, BODY))

EXTENSION_ID = Field(
    "extension_id",
    T,
    N_("Extension ID"),
    fixed=True,
    help=N_("A reversed domain name, such as com.example.pizzabot. It can never be changed."),
)
NAME = Field(
    "name",
    T,
    N_("Skill name"),
    help=N_("What the store shows. It should hold the brand or the maker. Judged at review."),
)
PROVIDER = Field("provider", T, N_("Provider"), help=N_("A company or a person, shown in the store."))
CONTACT = Field("contact", Kind.EMAIL, N_("Contact e-mail"), help=N_("Where the result of a review is sent."))
TESTERS = Field(
    "testers",
    Kind.LINES,
    N_("Tester accounts"),
    required=False,
    max_count=10,
    help=N_("One account a line, at most 10, your own among them."),
)
KOREAN = Field(
    "language", Kind.CHOICE, N_("Language"), choices=(("ko", N_("Korean")),), default="ko", fixed=True
)

ENDPOINT = N_("Where CEK posts its messages. While testing it may be on this machine: %(example)s.")
CERTIFICATE = Field(
    "trusted_certificate",
    Kind.AGREED,
    N_("The server has a certificate of a public authority"),
    help=N_("A certificate that the server signed itself is refused in service."),
)
AUDIO = Field(
    "audio_player",
    YN,
    N_("Uses AudioPlayer"),
    default=False,
    help=N_("Music, podcasts and other streams. Without it, Clova plays no audio. AAC is not supported."),
)


def linking(platform: str, *, choice: bool, policy: bool, more: bool) -> tuple[Field, ...]:
    """Write the block of account linking.

    :param choice: whether linking is chosen by a yes; in Clova Home it always is.
    :param policy: whether the privacy policy must be given.
    :param more: whether the console asks for settings page, privacy policy and domains.
    """
    when = "account_linking" if choice else ""
    further = (
        Field("settings_url", U, N_("Account settings page"), required=False, when=when),
        Field(
            "linking_policy_url",
            U,
            N_("Privacy policy of the linked service"),
            required=policy,
            when=when,
            help=N_("Shown in the store."),
        ),
        Field(
            "domains",
            Kind.LINES,
            N_("Domains"),
            required=False,
            max_count=15,
            when=when,
            help=N_("Other domains that the login pages load from, one a line, at most 15."),
        ),
    )
    return (
        *((Field("account_linking", YN, N_("Account linking"), default=False),) if choice else ()),
        Field(
            "authorization_url",
            U,
            N_("Authorization URL"),
            when=when,
            help=N_("The login page: on https, made for phones, without pop-ups."),
        ),
        Field("client_id", T, N_("Client ID"), when=when),
        *(further if more else ()),
        Field(
            "scopes",
            Kind.LINES,
            N_("Scopes"),
            required=False,
            max_count=15,
            when=when,
            help=N_("One a line, at most 15."),
        ),
        Field(
            "redirect_url",
            Kind.SHOWN,
            N_("Redirect URL"),
            when=when,
            shown=PLATFORMS[platform].redirect_url,
            help=N_("Register it with your OAuth server, also with / at its end."),
        ),
        Field("grant_type", Kind.SHOWN, N_("Grant type"), when=when, shown=N_("Authorization code")),
        Field(
            "token_url",
            U,
            N_("Access token URI"),
            when=when,
            help=N_("With its query: https://example.com/token?grant_type=authorization_code"),
        ),
        Field(
            "refresh_url",
            U,
            N_("Refresh token URI"),
            required=False,
            when=when,
            help=N_("With its query: https://example.com/token?grant_type=refresh_token"),
        ),
        Field("client_secret", Kind.SECRET, N_("Client secret"), when=when),
        Field(
            "client_authentication",
            Kind.CHOICE,
            N_("Client authentication"),
            required=False,
            when=when,
            choices=CLIENT_AUTHENTICATIONS,
            default=BASIC,
        ),
    )


def endpoint(*more: Field) -> tuple[Field, ...]:
    """Write the fields of a server: the endpoint, and more."""
    return (Field("endpoint_url", U, N_("Endpoint URL"), help=ENDPOINT), *more)


PURCHASES = Field("purchases", YN, N_("Are there purchases?"))
PERSONAL_DATA = Field("personal_data", YN, N_("Does it collect personal data?"))
POLICIES = (
    Field(
        "policy_url",
        U,
        N_("Privacy policy"),
        required=False,
        needed_when="personal_data",
        help=N_("Expected where personal data is collected."),
    ),
    Field("terms_url", U, N_("Terms of use"), required=False),
)
EVERYWHERE = (("all", N_("All countries where Clova offers extensions")),)
EXAMPLES = Field(
    "examples",
    Kind.TEXTS,
    N_("Example utterances"),
    min_count=3,
    max_count=3,
    help=N_("Three, each of which works as it stands when it is spoken."),
)
ROUND = N_("PNG, which may be transparent, or JPG. Round: made to be shown in a circle.")
SQUARE_OR_ROUND = N_("PNG or JPG, square or round: it is cut to a circle.")
ROUND_NOT_WHITE = N_(
    "PNG or JPG, made to be cut to a circle: its corners are transparent or white, its ground is neither."
)
