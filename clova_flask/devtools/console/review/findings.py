"""What a review finds in a version: in what is entered, in the model, and in what the endpoint answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from ....errors import ClovaError, ModelError
from ....findings import Finding, Place
from ....texts.templated import as_json, restored
from ...diagnostics.connection import Endpoint
from ...diagnostics.endpoint_review import Subject, review_endpoint
from ...model.objects import InteractionModel
from ...simulator.listener import Listener, SaidToClova
from ..attached.keys import signing_key
from ..extensions import note
from ..fields.tables import CUSTOM
from ..found import ShownFinding
from ..linking.calls import linked_token
from ..models.building import is_edited_since
from ..models.preparing import failure_of, is_ready
from ..models.understanders import understander_of, zone_of
from ..records import Version, db
from ..testing.known_models import known_of
from ..testing.known_models import model_of as known_model_of
from ..texts import _
from ..told import told_error
from .fields import names_of, review_fields

NOTHING = "nothing "
"""How the understander's reason begins where no intent is near enough."""


def findings_of(version: Version, *, waits: bool = False) -> list[Finding]:
    """List what is found in a version, with what was found when its endpoint was tried last.

    :param waits: whether a model that is not ready yet is waited for, which may take seconds. Else it is told
        that nothing was checked by it yet.
    """
    tried = [Finding(code, restored(text), Place(where)) for code, text, where in version.tried or ()]
    return [*review_fields(version), *_by_model(version, waits), *tried]


def try_endpoint(version: Version, *, tries_actions: bool = False) -> str:
    """Try a version's endpoint, for the linked account too where there is one, and keep what is found.

    :param tries_actions: whether every action of a home is done, which moves what is connected.
    :return: why it cannot be tried; empty when it was.
    """
    values, extension = version.values, version.extension
    url = values.get("endpoint_url")
    if not url:
        return _("Enter the endpoint's URL first, under Server.")
    endpoint = Endpoint(url, extension.kind, extension.platform, extension.extension_id)
    try:
        subject = Subject(
            endpoint,
            signing_key(),
            model_of(version),
            plays_audio=bool(values.get("audio_player")),
            token=linked_token(version),
            links=bool(values.get("account_linking")),
            tries_actions=tries_actions,
            appliance_types=tuple(one["type"] for one in values.get("appliances") or ()),
        )
        found = review_endpoint(subject)
    except ClovaError as error:
        return told_error(error)
    version.tried = [[one.code, as_json(one.message), str(one.where)] for one in dict.fromkeys(found)]
    note(version, "try", url)
    db.session.commit()
    return ""


def model_of(version: Version) -> InteractionModel | None:
    """Return the interaction model that the version is reviewed with; None where there is none to be read."""
    if version.extension.kind != CUSTOM:
        return None
    try:
        return known_model_of(version)
    except ModelError:  # flask clova check and the connection's page tell why
        return None


def _by_model(version: Version, waits: bool) -> Iterator[Finding]:
    """Check the texts of the store against the model: what they tell users to say must be understood."""
    if version.extension.kind != CUSTOM:
        return
    if is_edited_since(version):
        text = _("The interaction model was not built after its last change.")
        yield ShownFinding("review.not-built", text)
    known = known_of(version)
    if known is not None and not waits and not is_ready(known, zone_of(version)):
        text = _("The interaction model is being made ready. Look again in some seconds for what it shows.")
        yield ShownFinding("review.not-checked", text, Place("C6"))
        return
    if known is not None and (problem := failure_of(known)):
        yield ShownFinding("review.not-checked", problem, Place("C6"))
        return
    model = model_of(version)
    if model is None:
        text = _("The interaction model is not known here, so the example utterances could not be tried.")
        yield ShownFinding("review.not-checked", text, Place("C6"))
        return
    told = version.values.get("review_description") or ""
    for intent in model.intents.values():
        if told and not any(one.plain in told for one in intent.expressions):
            text = _("No utterance of %(intent)s is in the text for the reviewer.", intent=intent.name)
            yield ShownFinding("review.thin-text", text, Place("review_description"))
    yield from _examples(version, model)


def _examples(version: Version, model: InteractionModel) -> Iterator[Finding]:
    """Hear the example utterances as a device does outside a session, by the names that are entered."""
    names = [name for field, given in names_of(version.values).items() if field != "name" for name in given]
    named = replace(model, invocation_names=tuple(names) or model.invocation_names)
    examples = version.values.get("examples") or ()
    if not any(examples):
        return
    # To make what understands anew took 2.6 s a page for 200 intents × 200 expressions (2026-11).
    try:
        listener = Listener(named, understander_of(model, zone_of(version)))
    except ClovaError as error:  # the extra that understands is not installed
        yield ShownFinding("review.not-checked", told_error(error), Place("C6"))
        return
    for example in examples:
        text = _why_not_heard(listener, example, named.invocation_names)
        if text:
            yield ShownFinding("review.example", text, Place("examples"))


def _why_not_heard(listener: Listener, example: str, names: Iterable[str]) -> str:
    """Tell why an example does not work as it stands; empty where it does."""
    try:
        heard = listener.hear(example, in_session=False)
    except SaidToClova:
        return _(
            "%(example)s does not reach the extension: it does not call it by one of its names (%(names)s).",
            example=example,
            names=", ".join(names),
        )
    if heard.why.startswith(NOTHING):
        return _("%(example)s is not understood by the model.", example=example)
    return ""
