"""Codes of what is found in an extension: its settings, its handlers, Clova Home."""

from __future__ import annotations

from .rows import Code, Severity

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING

EXTENSION_CODES = (
    Code(
        "settings.signatures-off",
        _ERROR,
        "CLOVA_VERIFY_SIGNATURE is off, so the endpoint answers messages that the platform did not send.",
        "Remove the setting, or set it to true. Test clients and the development key sign their messages.",
    ),
    Code(
        "settings.no-extension-id",
        _WARNING,
        "CLOVA_EXTENSION_ID is not set. A platform signs the messages of all its extensions with one key, so "
        "the endpoint also answers messages that were sent to another extension.",
        "Set CLOVA_EXTENSION_ID to the id that the platform's console shows.",
    ),
    Code(
        "settings.long-timeout",
        _WARNING,
        "CLOVA_HANDLER_TIMEOUT is longer than the platform waits for an answer, or hardly shorter, so the "
        "answer of a handler that is cancelled would come too late.",
        "Set it to a second less than the platform waits: 7 for LINE.",
    ),
    Code(
        "settings.user-data-in-memory",
        _WARNING,
        "User data is kept in the memory of each process: workers do not see what others have saved, and a "
        "restart loses it.",
        "Set CLOVA_USER_DATA_URL to a file of SQLite, to PostgreSQL, or to a Redis.",
    ),
    Code(
        "settings.development-key-in-production",
        _ERROR,
        "There is a development key that was made on another machine, and the app is not in debug, so it "
        "does not trust the key.",
        "Remove the file on the server. On a machine of yours, run the app with flask --debug.",
    ),
    Code(
        "settings.development-key-unreadable",
        _ERROR,
        "The development key cannot be read.",
        "Make a new one: flask clova keygen --force.",
    ),
    Code(
        "settings.replay-guard-in-memory",
        _WARNING,
        "The replay guard remembers messages in the memory of each process, so a message that is sent again "
        "is answered once by each worker, and again after a restart.",
        "Set CLOVA_REPLAY_GUARD_URL to a Redis that all workers and machines use. For one worker alone the "
        "finding may stay.",
    ),
    Code(
        "settings.replay-guard-forgets",
        _WARNING,
        "The replay guard forgets a message while CLOVA_TIMESTAMP_TOLERANCE still accepts it, so it can be "
        "sent again then.",
        "Set CLOVA_REPLAY_GUARD_TTL to twice the tolerance or more: a message is accepted from so long "
        "before to so long after the time that it bears.",
    ),
    Code(
        "settings.replay-guard-away",
        _ERROR,
        "The Redis of the replay guard cannot be used. Meanwhile messages are answered unchecked, or "
        "refused, as CLOVA_REPLAY_GUARD_FAIL says.",
        "Start it, and check CLOVA_REPLAY_GUARD_URL, which the message explains.",
    ),
    Code(
        "settings.user-data-away",
        _ERROR,
        "User data cannot be kept: the database or the Redis that is set for it cannot be used, or the "
        "database lacks its tables. Each turn that takes user data fails.",
        "Run flask clova db upgrade when you deploy. Start the server, and check CLOVA_USER_DATA_URL, as the "
        "message tells.",
    ),
    Code(
        "handlers.none",
        _ERROR,
        "No handlers are registered, so every message is answered with an apology.",
        "Decorate a function with @clova.launch, and import the modules that hold handlers in the factory. A "
        "program that is run and imported, python app.py, makes two Clova objects: start it with flask run.",
    ),
    Code(
        "handlers.no-launch",
        _ERROR,
        "No handler for launch. A user who starts the extension hears an apology.",
        "Decorate a function with @clova.launch.",
    ),
    Code(
        "handlers.no-guide",
        _WARNING,
        "Neither Clova.GuideIntent nor a fallback has a handler. A user who asks for help, or whom the "
        "platform does not understand, hears an apology.",
        'Decorate a function with @clova.intent("Clova.GuideIntent") or @clova.fallback.',
    ),
    Code(
        "handlers.no-built-in",
        _WARNING,
        "There is no fallback, and not every built-in intent has a handler. NAVER's review asks that all of "
        "them are answered.",
        "Write a handler for each that the message names, or a function under @clova.fallback.",
    ),
    Code(
        "handlers.foreign-intent",
        _ERROR,
        "A handler is registered for an intent of another platform, such as AMAZON.HelpIntent. Clova never "
        "sends it.",
        "Register it for our word, which the message names.",
    ),
    Code(
        "handlers.idle-hook",
        _WARNING,
        "A hook or an errorhandler serves only one kind of message, custom or Clova Home, and the extension "
        "has no handlers for that kind, so it never runs.",
        "Let it serve both: decorate it with @clova, and let it take neither session nor context.",
    ),
    Code(
        "handlers.no-audio-intent",
        _ERROR,
        "The extension handles AudioPlayer events, but not every built-in intent that the platform requires "
        "where audio is played.",
        "Write a handler for the intent that the message names.",
    ),
    Code(
        "handlers.no-skill-disabled",
        _WARNING,
        "Users can link an account, but nothing handles ClovaSkill.SkillDisabled. The data of a user who "
        "disables the skill must be deleted (JP). Without a handler that is UserData alone.",
        "Decorate a function that deletes what else there is, in tables of yours, with "
        '@clova.event("ClovaSkill.SkillDisabled").',
    ),
    Code(
        "handlers.no-handler",
        _ERROR,
        "The interaction model has an intent that no handler takes.",
        "flask clova model stubs writes a handler to paste. Or remove the intent from the model.",
    ),
    Code(
        "handlers.unknown-intent",
        _ERROR,
        "A handler is registered for an intent that is not in the interaction model, so it is never called.",
        "Correct the name, or add the intent to the model.",
    ),
    Code(
        "handlers.no-slot",
        _ERROR,
        "No slot of the intent fills a required parameter of a handler, so the handler cannot be called.",
        "Rename the parameter, map it with slots=, add the slot to the intent, or set a default.",
    ),
    Code(
        "handlers.no-slot-for-optional",
        _WARNING,
        "No slot of the intent fills an optional parameter of a handler, so it always has its default.",
        "Rename the parameter, map it with slots=, or add the slot to the intent.",
    ),
    Code(
        "handlers.slot-of-another-intent",
        _WARNING,
        "A parameter is filled by a slot that only another intent has. The handler has its value only after "
        "ask_for has asked for it.",
        "Add the slot to the intent, or leave it so where the handler asks with ask_for.",
    ),
    Code(
        "handlers.unused-slot",
        _WARNING,
        "An intent declares a slot that none of its handlers takes.",
        "Add a parameter to a handler, or remove the slot from the intent.",
    ),
    Code(
        "handlers.not-on-platform",
        _WARNING,
        "A handler is for what the platform never sends, or its answer has a part that the platform does not "
        "have: a card, a token of speech, the target of PlaybackController, http on LINE.",
        "Leave it out on this platform. Where one program serves both, the finding may stay.",
    ),
    Code(
        "handlers.misspelt-parameter",
        _WARNING,
        "A parameter that is filled from a slot has nearly the name of one that every handler may take: "
        "request, session, context, user.",
        "Correct the name. Where the slot is really called so, add it to the interaction model.",
    ),
    Code(
        "handlers.state-not-asked-for",
        _WARNING,
        "A handler is for a dialog state that no answer sets, so it is never called.",
        "Correct the state of the handler, or that of the ask(…, state=…) which leads to it.",
    ),
    Code(
        "handlers.state-not-handled",
        _WARNING,
        "An answer sets a dialog state that no handler is for, so what follows is handled as if without one.",
        "Correct the state, or write a handler with this state=.",
    ),
    Code(
        "handlers.type-mismatch",
        _ERROR,
        "The annotation of a parameter accepts no value of the slot's built-in type; each value is refused.",
        "Change the annotation, or the type of the slot.",
    ),
    Code(
        "handlers.refused-word",
        _ERROR,
        "The annotation of a parameter refuses words of the slot's custom type.",
        "Add the words to the Enum or Literal, or remove them from the slot type.",
    ),
    Code(
        "handlers.impossible-choice",
        _ERROR,
        "A choice of an Enum or Literal is not a representative word of the slot's custom type. The platform "
        "sends the representative word of an entry, never a synonym.",
        "Use the representative word, or add an entry to the slot type.",
    ),
    Code(
        "home.no-discover",
        _ERROR,
        "Actions are handled, but nothing lists appliances, so the Clova app shows none.",
        "Decorate a function that returns a user's appliances with @clova.home.discover.",
    ),
    Code(
        "home.no-user-data-key",
        _ERROR,
        "Handlers of Clova Home take user data, and nothing tells whose it is. Their messages have no id of "
        "a user, so each is answered with DriverInternalError.",
        "Decorate a function with @clova.user_data.key that returns the id of what the user_loader has made.",
    ),
    Code(
        "home.no-user-loader",
        _ERROR,
        "There is no user_loader. Clova Home messages name no extension, so whoever registers one with this "
        "address would be answered; outside debug and testing they are refused.",
        "Decorate a function that returns the user of an access token with @clova.user_loader. To answer any "
        "token, set CLOVA_HOME_ANY_TOKEN.",
    ),
    Code(
        "home.other-platform-handler",
        _WARNING,
        "A function handles an action that the extension's platform does not have, or not for that type of "
        "appliance, so it is never called.",
        "Nothing, where one app serves both platforms. Else remove it, or check CLOVA_PLATFORM.",
    ),
    Code(
        "home.incomplete-scenes",
        _ERROR,
        "Only one of the two functions for scenes is there.",
        "Write both @clova.home.scenes, which lists them, and @clova.home.scene_action, which acts one out.",
    ),
    Code(
        "home.discovery-failed",
        _ERROR,
        "Discovery with the access token that was given to check is answered with an error.",
        "Pass the access token of a user who has linked an account, or fix the user_loader.",
    ),
)
