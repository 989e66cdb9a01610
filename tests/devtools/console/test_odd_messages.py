"""Messages and answers that no platform and no extension sends, on the pages of tests and recordings."""

import io
import json
import re

import pytest

pytest.importorskip("flask_bootstrap", reason="the console needs the extra `console`")

from clova_flask.devtools.console.records import db

TEST = "/extensions/1/test/"
HALF = '"\\ud83d"'
UPLOADS = "/extensions/1/recordings/open?source=uploads:"


@pytest.fixture
def answering(browser, register, serve):
    """An endpoint that answers with the text which a test puts into ``body``."""
    given = {"body": "{}", "heard": []}

    def answer(environ, start_response):
        given["heard"].append(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])).decode())
        start_response("200 OK", [("Content-Type", "application/json")])
        return [given["body"].encode()]

    register()
    browser.get("/extensions/1/server").form("seen").submit(endpoint_url=serve(answer))
    return given


def say(browser, line):
    return browser.get(TEST).form("line").submit(line=line)


def upload(browser, content, name="0001-x.json"):
    form = browser.get("/extensions/1/recordings/").form_to("upload")
    return form.submit(files=[(io.BytesIO(content.encode()), name)])


def dialog_of(browser):
    return browser.get(next(link for link in browser.get(TEST).links if "/dialogs/" in link))


def speech(text):
    values = f'{{"type": "PlainText", "lang": "ko", "value": {text}}}'
    return f'{{"type": "SimpleSpeech", "values": {values}}}'


ANSWERS = {
    "speech": f'{{"outputSpeech": {speech(HALF)}}}',
    "language": speech('"안녕"').replace('"ko"', HALF).join(('{"outputSpeech": ', "}")),
    "card": f'{{"card": {{"type": "Text", "mainText": {{"type": "string", "value": {HALF}}}}}}}',
    "card that is not drawn": f'{{"card": {{"type": {HALF}, {HALF}: [{HALF}]}}}}',
    "directive": f'{{"directives": [{{"header": {{"namespace": {HALF}}}, "payload": {{}}}}]}}',
}


@pytest.mark.parametrize("response", ANSWERS.values(), ids=ANSWERS)
def test_half_of_a_character_in_an_answer(browser, answering, response):
    attributes = f'{{"k": {HALF}}}'
    answering["body"] = f'{{"version": "1.0", "sessionAttributes": {attributes}, "response": {response}}}'
    assert say(browser, "/launch").status == 200
    for path in (TEST, "/extensions/1/test/history", "/extensions/1/test/turns/1"):
        assert browser.get(path).status == 200
    assert dialog_of(browser).status == 200
    page = upload(browser, '{"request": {"request": {"type": "LaunchRequest"}}, "answer": {}}')
    page = page.form("access_token").submit()
    assert page.status == 200
    assert 'sessionAttributes: was null, is {"k": "?"}' in page.text


MESSAGES = [
    '{"request": [1]}',
    '{"request": "x"}',
    '{"request": null}',
    '{"request": {"intent": [1]}}',
    '{"request": {"type": "IntentRequest", "intent": {"name": "Order", "slots": [1]}}}',
    '{"request": {"type": "IntentRequest", "intent": {"name": "Order", "slots": {"count": 5}}}}',
    '{"request": {"type": "IntentRequest", "intent": {"name": 5, "slots": {"count": {"value": {}}}}}}',
]


@pytest.mark.parametrize("message", MESSAGES)
def test_a_message_of_another_shape(browser, answering, message):
    say(browser, "/launch").form("message").submit(message=message)
    assert answering["heard"][-1].replace(" ", "") == message.replace(" ", "")
    for path in (f"{TEST}?turn=2", "/extensions/1/test/history", "/extensions/1/test/turns/2"):
        assert browser.get(path).status == 200
    assert dialog_of(browser).status == 200
    assert upload(browser, f'{{"request": {message}, "answer": {{}}}}').status == 200
    assert browser.get(UPLOADS).status == 200


def test_slots_of_another_shape_are_left_out_and_the_others_shown(browser, answering):
    slots = '{"size": 5, "count": {"name": "count", "value": "세 판"}}'
    message = f'{{"request": {{"type": "IntentRequest", "intent": {{"name": "Order", "slots": {slots}}}}}}}'
    say(browser, "/launch").form("message").submit(message=message)
    page = browser.get(f"{TEST}turns/2")
    assert "Intent Order Slots Name Value count 세 판" in page.text
    assert "size 5" not in page.text


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ('{"a": NaN}', "The message cannot be sent:"),
        ('{"a": 1e400}', "The message cannot be sent:"),
        ('{"a": "\\ud800"}', "The message cannot be sent:"),
        ('{"\\ud800": 1}', "The message cannot be sent:"),
        ("{", "The message is not JSON:"),
        ("[" * 100_000, "The message is not JSON:"),
        ("[]", "The message must be a JSON object."),
    ],
    ids=range(7),
)
def test_a_message_that_cannot_be_sent_is_told_beside_its_field(browser, answering, message, told):
    page = say(browser, "/launch").form("message").submit(message=message)
    assert page.status == 422
    assert told in page.text
    assert 'aria-describedby="message-error"' in page.html
    assert page.form("message").values["message"] == [message]
    assert len(answering["heard"]) == 1


def test_without_a_turn_too_it_is_told(browser, answering):
    form = say(browser, "/launch").form("message")
    browser.get(TEST).form("user_id").submit()
    page = form.submit(message="{")
    assert page.status == 422
    assert "The message is not JSON:" in page.text


def kept_in(console):
    """Return all that the console has in its database, however it is escaped."""
    with console.app_context():
        rows = [row for table in db.metadata.sorted_tables for row in db.session.execute(table.select())]
    text = re.sub(r"\\+u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), str(rows))
    return text.replace("\\", "")


def shown_on(browser, *paths):
    return "".join(browser.get(path).html for path in (TEST, "/extensions/1/test/history", *paths))


TOKEN = "pasted/token/777"
WITH_TOKEN = {
    "context": {"System": {"user": {"userId": "bora", "accessToken": TOKEN}}},
    "request": {
        "type": "IntentRequest",
        "intent": {"name": "Order", "slots": {"count": {"name": "count", "value": TOKEN}}},
    },
}


def repeating(written):
    """Return an answer that says a token, as it is written in JSON."""
    attributes = f'{{"token": "{written}", "accessToken": "other-token-1"}}'
    response = f'{{"outputSpeech": {speech(chr(34) + written + chr(34))}}}'
    return f'{{"version": "1.0", "sessionAttributes": {attributes}, "response": {response}}}'


WRITTEN = [TOKEN, TOKEN.replace("/", "\\/"), "".join(f"\\u{ord(letter):04x}" for letter in TOKEN)]


@pytest.mark.parametrize("written", WRITTEN, ids=["plain", "slashes", "escaped"])
def test_a_token_that_is_pasted_into_a_message_is_sent_and_not_kept(console, browser, answering, written):
    form = say(browser, "/launch").form("message")
    answering["body"] = repeating(written)
    form.submit(message=json.dumps(WITH_TOKEN))
    assert answering["heard"][-1].count(TOKEN) == 2
    page = browser.get(f"{TEST}turns/2")
    assert "Spoken answer ••••••••" in page.text
    assert TOKEN not in shown_on(browser, f"{TEST}turns/2") + dialog_of(browser).html
    kept = kept_in(console)
    assert "Order" in kept
    assert TOKEN not in kept
    assert "other-token-1" not in kept


def test_what_clova_says_does_not_tell_the_token_of_the_conversation(console, browser, answering):
    answering["body"] = repeating(WRITTEN[1])
    browser.get(TEST).form("user_id").submit(access_token=TOKEN)
    say(browser, "/launch")
    assert answering["heard"][-1].count(TOKEN) == 2
    assert TOKEN not in browser.get(f"{TEST}turns/1").html + browser.get("/extensions/1/test/history").html
    assert TOKEN not in kept_in(console)


@pytest.mark.parametrize("written", WRITTEN, ids=["plain", "slashes", "escaped"])
def test_a_token_in_a_recording_is_neither_kept_nor_shown(console, browser, answering, written):
    answering["body"] = repeating(written)
    recording = f'{{"request": {json.dumps(WITH_TOKEN)}, "answer": {repeating(written)}}}'
    page = upload(browser, recording)
    assert "••••••••" in page.text
    answering["body"] = repeating("given-token-2")
    sent = page.form("access_token").submit(access_token="given-token-2")
    assert answering["heard"][-1].count("given-token-2") == 2
    kept, shown = kept_in(console), page.html + sent.html + shown_on(browser, UPLOADS)
    for secret in (TOKEN, "given-token-2", "other-token-1"):
        assert secret not in kept
        assert secret not in shown


TWICE = f'{{"accessToken": "{TOKEN}", "accessToken": null}}'


@pytest.mark.parametrize("where", ["request", "answer"])
def test_a_name_that_stands_twice_hides_no_token(console, browser, answering, where):
    answering["body"] = f'{{"version": "1.0", "sessionAttributes": {TWICE}, "response": {{}}}}'
    say(browser, "/launch")
    recording = json.dumps({"request": {}, "answer": {}}).replace(f'"{where}": {{}}', f'"{where}": {TWICE}')
    page = upload(browser, recording)
    assert page.status == 200
    assert TOKEN not in kept_in(console) + page.html + shown_on(browser, f"{TEST}turns/1")
