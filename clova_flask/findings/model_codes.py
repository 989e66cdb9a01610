"""Codes of what is found in an interaction model by itself."""

from __future__ import annotations

from .rows import Code, Severity

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING

MODEL_CODES = (
    Code(
        "model.unreadable",
        _ERROR,
        "A file of the interaction model cannot be read.",
        "Fix what the message names. docs/howto/local.rst describes the files.",
    ),
    Code(
        "model.of-another-extension",
        _ERROR,
        "The extension_id of model.toml is not an id of this extension, so its handlers were not checked.",
        "Set CLOVA_INTERACTION_MODEL to the folder of this extension's model, or correct extension_id.",
    ),
    Code(
        "model.no-invocation-name",
        _ERROR,
        "The model has no invocation name, so users cannot start the extension by voice.",
        'Add invocation_names = ["…"] to model.toml.',
    ),
    Code(
        "model.too-many-invocation-names",
        _ERROR,
        "The model has more invocation names than the platforms accept.",
        "Remove some of invocation_names in model.toml.",
    ),
    Code(
        "model.empty-invocation-name",
        _ERROR,
        "An invocation name is empty.",
        "Remove it from invocation_names in model.toml.",
    ),
    Code(
        "model.repeated-name",
        _WARNING,
        "A list of model.toml has the same name twice.",
        "Remove one of them.",
    ),
    Code(
        "model.unknown-built-in",
        _ERROR,
        "model.toml lists a built-in intent or slot type that does not exist.",
        "Correct the name.",
    ),
    Code(
        "model.not-on-platform",
        _ERROR,
        "model.toml lists a built-in intent or slot type that the extension's platform does not have.",
        "Remove it, or check CLOVA_PLATFORM.",
    ),
    Code(
        "model.reserved-name",
        _ERROR,
        "A file is named like a built-in intent or slot type.",
        "Remove the file and list the name in model.toml, or rename the file.",
    ),
    Code(
        "model.no-expressions",
        _ERROR,
        "An intent has no expressions, so no utterance leads to it.",
        "Write expressions below [INTENT EXPRESSION], one a line.",
    ),
    Code(
        "model.too-many-expressions",
        _ERROR,
        "An intent has more expressions than the platforms accept.",
        "Remove expressions that differ from others only in the words of their slots.",
    ),
    Code(
        "model.few-expressions",
        _WARNING,
        "Intents have fewer expressions than the guides advise. The platform understands little beyond them, "
        "and reviewers ask for more and more varied ones.",
        "Write further ways to say the same, with other words in the slots, other verbs and endings.",
    ),
    Code(
        "model.foreign-intent",
        _ERROR,
        "An intent has the name of another platform's built-in intent, such as AMAZON.HelpIntent. Clova "
        "takes it for one of your own.",
        "Remove the file, and list our word in built_in_intents of model.toml.",
    ),
    Code(
        "model.foreign-mark",
        _ERROR,
        "An expression has what another platform puts around slots, {slot} or @entity:slot. Clova takes it "
        "for words that a user says.",
        "Write words that a user may say, between the slot's tags: <slot>…</slot>.",
    ),
    Code(
        "model.too-many-words",
        _ERROR,
        "A slot type has more words than the platform accepts.",
        "Remove words, or split the type.",
    ),
    Code(
        "model.mixed-date-types",
        _ERROR,
        "An intent has slots of both CLOVA.DATETIME and CLOVA.DATETIME_RECENT, so it is open which of them a "
        "date fills (JP).",
        "Use one of the two: DATETIME_RECENT where days in the past are meant, such as a birthday.",
    ),
    Code(
        "model.both-date-types",
        _WARNING,
        "The model has slots of both CLOVA.DATETIME and CLOVA.DATETIME_RECENT. The guide advises against it "
        "(JP).",
        "Use one of the two throughout, where that is possible.",
    ),
    Code(
        "model.alike-intents",
        _WARNING,
        "The names of two intents differ only in case. The platforms take them for two intents.",
        "Rename one of them.",
    ),
    Code(
        "model.long-invocation-name",
        _ERROR,
        "An invocation name is longer than the console accepts.",
        "Shorten it in model.toml, to what users like to say.",
    ),
    Code(
        "model.reserved-invocation-name",
        _WARNING,
        "An invocation name has words in it that are the platform's own: what wakes Clova, starts or ends an "
        "extension, or belongs to a skill of hers. It does not pass review.",
        "Choose a name without these words.",
    ),
    Code(
        "model.unlisted-slot-type",
        _ERROR,
        "A slot has a built-in type that model.toml does not list.",
        "Add the type to built_in_slot_types.",
    ),
    Code(
        "model.unknown-slot-type",
        _ERROR,
        "A slot has a type that is neither built-in nor defined by a file.",
        "Correct the name, or write slot_types/<type>.tsv.",
    ),
    Code(
        "model.undeclared-slot",
        _ERROR,
        "An expression has a tag for a slot that its intent does not declare.",
        "Correct the tag, or declare the slot below [INTENT SLOT].",
    ),
    Code(
        "model.untagged-slot",
        _WARNING,
        "No expression of the intent fills one of its slots.",
        "Tag the slot in an expression, or remove it.",
    ),
    Code(
        "model.inconsistent-slot-name",
        _WARNING,
        "Slots of one type have different names in different intents. The guides advise one name, so that "
        "a slot that was asked for is found under whatever intent it arrives.",
        "Give the slots one name.",
    ),
    Code(
        "model.unused-slot-type",
        _WARNING,
        "No slot has this type.",
        "Remove the type, or use it.",
    ),
    Code(
        "model.ambiguous-expression",
        _ERROR,
        "Two intents have the same expression, so it is open which of them an utterance means.",
        "Remove it from one of them.",
    ),
    Code(
        "model.inconsistent-tags",
        _ERROR,
        "The same words are tagged in two ways in one intent.",
        "Remove one of the expressions, or tag both alike.",
    ),
    Code(
        "model.repeated-expression",
        _WARNING,
        "An intent has the same expression twice.",
        "Remove one of them.",
    ),
    Code(
        "model.similar-expression",
        _WARNING,
        "Expressions of two intents differ only in the words of their slots; the platform may mix them up.",
        "Use other words in one of them, or join the intents.",
    ),
    Code(
        "model.one-value",
        _WARNING,
        "Every expression of an intent has the same value of a slot, so any utterance with it leads there.",
        "Write expressions with other values, and without the slot.",
    ),
    Code(
        "model.alike-expressions",
        _WARNING,
        "Many expressions with the same values differ only in their endings, which makes a model worse.",
        "Vary the values, the words around them, and the verbs.",
    ),
    Code(
        "model.repeated-pair",
        _WARNING,
        "Many expressions of an intent have one value together with one verb.",
        "Say other values with the verb, and other verbs with the value.",
    ),
    Code(
        "model.untagged-word",
        _WARNING,
        "A word of a slot's type has no tag in an expression, so it is open whether it fills the slot.",
        "Tag it, or remove it from the slot type.",
    ),
    Code(
        "model.word-as-name",
        _WARNING,
        "The name of a slot or of its type is one of the type's words; it must name the set of them.",
        "Rename it.",
    ),
    Code(
        "model.tag-span",
        _WARNING,
        "On LINE a tag of a unit encloses a number, or one of a quantity lacks the number or the unit.",
        "Move the tag, or choose another type.",
    ),
    Code(
        "model.ambiguous-word",
        _ERROR,
        "A word is in two entries of a slot type, so it is open which value it stands for.",
        "Remove it from one of them.",
    ),
    Code(
        "model.repeated-word",
        _WARNING,
        "An entry of a slot type has the same word twice.",
        "Remove one of them.",
    ),
)
