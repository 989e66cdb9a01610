"""URLs that a device can fetch, and those that nobody can; in speech, directives and cards."""

import logging

import pytest

from clova_flask import AnswerError, AudioStream, AudioURL, Directive, ask, audio, cards, player_info, tell
from clova_flask.custom.rules import answer_rules
from clova_flask.devtools.simulator.judge import judge
from clova_flask.devtools.simulator.reply import Reply
from clova_flask.platforms import PLATFORMS

NOT_ABSOLUTE = "is not an absolute URL"
NO_HOST = "names no host"
NO_NAME = "is not the name of a host"
NEVER = {
    "path on the disk": ("/srv/노래/a.mp3", NOT_ABSOLUTE),
    "path on Windows": ("C:\\노래\\a.mp3", NOT_ABSOLUTE),
    "path by drive": ("D:/音楽/a.mp3", NOT_ABSOLUTE),
    "relative": ("static/a.mp3", NOT_ABSOLUTE),
    "no scheme": ("//example.com/a.mp3", NOT_ABSOLUTE),
    "host alone": ("cdn.example.com/a.mp3", NOT_ABSOLUTE),
    "full-width colon": ("https：//example.com/a.mp3", NOT_ABSOLUTE),
    "file": ("file:///srv/a.mp3", NOT_ABSOLUTE),
    "FILE": ("FILE:///srv/a.mp3", NOT_ABSOLUTE),
    "no host": ("https:///a.mp3", NO_HOST),
    "one slash": ("https:/example.com/a.mp3", NO_HOST),
    "user without a host": ("https://user:secret@/a.mp3", NO_HOST),
    "port 0": ("https://example.com:0/a.mp3", NO_HOST),
    "line break": ("https://example.com/a.mp3\n", r"has '\\n', which no URL has; strip\(\)"),
    "line break within": ("https://example.com/a\r\nX: 1", r"has '\\r'"),
    "space": ("https://example.com/첫 곡.mp3", "has ' '"),
    "ideographic space": ("https://example.com/最初\u3000の曲.mp3", r"has '\\u3000'"),
    "zero-width space": ("https://example.com/a\u200b.mp3", r"has '\\u200b'"),
    "half a surrogate": ("https://example.com/a?\ud800", "has '\\\\ud800'"),
    "placeholder": ("https://{host}/a.mp3", NO_NAME),
    "another placeholder": ("https://<bucket>.s3.example.com/a.mp3", NO_NAME),
    "backslashes": ("https://example.com\\a.mp3", NO_NAME),
    "empty label": ("https://cdn..example.com/a.mp3", NO_NAME),
    "bad port": ("https://example.com:http/a.mp3", "is not a URL"),
    "port too high": ("https://example.com:99999/a.mp3", "is not a URL"),
    "bad IPv6": ("https://[2001:db8::zz]/a.mp3", "is not a URL"),
}
FETCHED_ONLY = {
    "rtsp": ("rtsp://example.com/a", "must begin with https://; no device fetches rtsp:"),
    "data": ("data:image/png;base64,iVBORw0KGgo=", "no device fetches data:"),
    "s3": ("s3://radio/노래.mp3", "no device fetches s3:"),
}
GOOD = {
    "Korean path": "https://example.com/노래/봄날.mp3",
    "Japanese path": "https://example.com/ニュース/朝刊.jpg",
    "Korean host": "https://라디오.한국/live.m3u8",
    "Japanese host": "https://ラジオ.例え.jp/live.m3u8",
    "port": "https://example.com:8443/a?b=%20",
    "IPv6": "https://[2001:db8::1]:8443/a.mp3",
    "IPv4": "https://203.0.113.7/a.mp3",
    "user": "https://dj:secret@stream.example.com/live",
    "signed": "https://radio.s3.ap-northeast-2.amazonaws.com/%EB%B4%84%EB%82%A0+%281%29.mp3?X-Amz-Credential="
    "AKIA%2F20261126%2Fap-northeast-2&X-Amz-Signature=ab~!*'()=&response-content-type=audio%2Fmpeg",
    "odd but sent": "https://example.com/a|b{c}^`.mp3?q=[1]#t=30",
    "capitals": "HTTPS://EXAMPLE.COM/A.MP3",
    "underscore": "https://my_bucket.example.com/a.mp3",
    "final dot": "https://example.com./a.mp3",
    "http": "http://example.com/a.mp3",
    "in a network at home": "http://192.168.0.7:8123/a.mp3",
}

never = pytest.mark.parametrize(("url", "reason"), NEVER.values(), ids=NEVER)
fetched = pytest.mark.parametrize(
    ("url", "reason"), [*NEVER.values(), *FETCHED_ONLY.values()], ids=[*NEVER, *FETCHED_ONLY]
)
good = pytest.mark.parametrize("url", GOOD.values(), ids=GOOD)

MP3 = "https://example.com/a.mp3"
PLAY = {"title_text": "제목", "title_sub_text1": "가수", "source_name": "라디오"}
BUILDERS = {
    "AudioURL": AudioURL,
    "play": lambda url: audio.play(url, **PLAY),
    "play a stream": lambda url: audio.play(AudioStream(url), **PLAY),
    "play with a picture": lambda url: audio.play(MP3, art_image_url=url, **PLAY),
    "play with a logo": lambda url: audio.play(MP3, source_logo_url=url, **PLAY),
    "deliver": lambda url: audio.stream("1", url, token="t"),
    "deliver a stream": lambda url: audio.stream("1", AudioStream(url)),
    "provider": lambda url: player_info(provider_name="라디오", provider_logo_url=url),
    "card": lambda url: cards.text("글", image_url=url),
    "thumbnail": lambda url: cards.image_text("글", thumb_image_url=url),
    "row of a card": lambda url: cards.card_list([{"title": "글", "image_url": url}]),
    "object of a card": lambda url: cards.text("글", bg_url={"type": "url", "value": url}),
}


@fetched
@pytest.mark.parametrize("build", BUILDERS.values(), ids=BUILDERS)
def test_a_url_that_nobody_can_fetch_is_refused_where_it_is_written(build, url, reason):
    with pytest.raises(ValueError, match=reason) as caught:
        build(url)
    assert "secret" not in str(caught.value)


@good
@pytest.mark.parametrize("build", BUILDERS.values(), ids=BUILDERS)
def test_a_url_that_a_device_can_fetch_is_accepted(build, url):
    build(url)


@good
def test_a_url_that_a_device_can_fetch_is_sent_as_it_is(clova, connect, caplog, url):
    clova.launch(
        lambda: tell(
            AudioURL(url), directives=[audio.play(url, **PLAY)], card=cards.image_text("글", image_url=url)
        )
    )
    reply = connect().launch()
    assert reply.speech == url
    assert reply.directives[0]["payload"]["audioItem"]["stream"]["url"] == url
    assert reply.card["imageUrl"]["value"] == url
    assert caplog.records == []
    assert judge(reply, answer_rules(PLATFORMS["naver"], is_developed=True)) == []


def test_an_error_does_not_show_who_may_fetch_it():
    with pytest.raises(ValueError, match="has ' '") as caught:
        AudioURL("https://dj:secret@example.com/첫 곡.mp3?X-Amz-Signature=abc123")
    assert "'https://…@example.com/첫 곡.mp3…'" in str(caught.value)


@never
def test_a_link_that_no_app_opens_is_refused(url, reason):
    with pytest.raises(ValueError, match=reason):
        cards.text("글", link_url=url)


@pytest.mark.parametrize(
    "phone", ["02-1234-5678", "1588-1234", "+82 2 1234 5678", "(02) 123-4567", "０３－１２３４－５６７８"]
)
def test_a_table_has_telephone_numbers(phone):
    card = cards.text("글", table_list=[{"item1": "전화", "item2": phone, "item2_link": phone}])
    assert card["tableList"][0]["item2Link"] == {"type": "phone", "value": phone}
    with pytest.raises(ValueError, match=r"^link_url: '"):
        cards.text("글", link_url=phone)


@pytest.mark.parametrize(
    "link", ["navermaps://?menu=location", "tel:0212345678", "clova://pizza", "intent://a#Intent;end"]
)
def test_a_link_has_the_schemes_of_apps(link):
    assert cards.image_text("글", app_link_url=link, link_url=link)["appLinkUrl"]["value"] == link


def test_an_empty_url_of_a_card_stands_for_none(clova, connect, caplog):
    clova.launch(lambda: tell("네", card=cards.text("글", image_url="", link_url="")))
    assert connect().launch().card["imageUrl"] == {"type": "url", "value": ""}
    assert caplog.records == []


def test_a_stream_that_is_asked_for_before_it_plays_has_any_uri(clova, connect, caplog):
    clova.launch(
        lambda: tell(directives=[audio.play(AudioStream("clova:TR-NM-4435786", url_playable=False), **PLAY)])
    )
    [directive] = connect(CLOVA_PLATFORM="line", client={"locale": "ja-JP"}).launch().directives
    assert directive["payload"]["audioItem"]["stream"]["url"] == "clova:TR-NM-4435786"
    assert caplog.records == []


# What depends on the platform, and on whether somebody develops the app.

SAID = {
    "AudioURL": lambda url: AudioURL(url),
    "play": lambda url: tell(directives=[audio.play(url, **PLAY)]),
    "deliver": lambda url: tell(directives=[audio.stream("1", url, token="t")]),
    "reprompt": lambda url: ask("네?", reprompt=AudioURL(url)),
}
said = pytest.mark.parametrize("say", SAID.values(), ids=SAID)


@said
def test_http_is_refused_on_line_when_it_is_sent(clova, connect, say):
    clova.launch(lambda: say("http://example.com/a.mp3"))
    with pytest.raises(AnswerError, match=r"must begin with https://\. LINE fetches nothing by http\."):
        connect(CLOVA_PLATFORM="line").launch()


@said
@pytest.mark.parametrize("platform", ["naver", "line"])
def test_http_is_an_apology_in_production(clova, connect, caplog, say, platform):
    clova.launch(lambda: say("http://example.com/a.mp3"))
    reply = connect(testing=False, CLOVA_PLATFORM=platform).launch()
    assert "http://" not in reply.text
    assert "must begin with https://" in caplog.text
    assert "Behind a proxy url_for needs werkzeug's ProxyFix" in caplog.text


@said
@pytest.mark.parametrize(
    "mode", [{"testing": True}, {"testing": False, "DEBUG": True}], ids=["testing", "debug"]
)
def test_http_is_sent_on_naver_while_an_extension_is_developed(clova, connect, caplog, say, mode):
    clova.launch(lambda: say("http://example.com/a.mp3"))
    assert "http://example.com/a.mp3" in connect(CLOVA_PLATFORM="naver", **mode).launch().text
    assert caplog.records == []


PICTURES = {
    "album": lambda url: audio.play(MP3, art_image_url=url, **PLAY),
    "logo": lambda url: audio.play(MP3, source_logo_url=url, **PLAY),
}


@pytest.mark.parametrize("show", PICTURES.values(), ids=PICTURES)
def test_a_picture_by_http_is_told_and_the_music_plays(clova, connect, caplog, show):
    clova.launch(lambda: tell(directives=[show("http://example.com/a.jpg")]))
    assert "http://example.com/a.jpg" in connect(testing=False, CLOVA_PLATFORM="line").launch().text
    [record] = caplog.records
    assert "must begin with https://. LINE fetches nothing by http." in record.getMessage()


HERE = [
    "https://localhost/a.mp3",
    "https://127.0.0.1:5000/a.mp3",
    "https://[::1]/a.mp3",
    "https://radio.localhost/a",
]


@pytest.mark.parametrize("url", HERE)
@said
def test_the_servers_own_machine_is_no_place_in_production(clova, connect, caplog, say, url):
    clova.launch(lambda: say(url))
    assert url not in connect(testing=False).launch().text
    assert "leads to this machine, where no device can fetch it. Behind a proxy" in caplog.text


@pytest.mark.parametrize("url", [*HERE, "https://localhost.example.com/a", "https://127.example.com/a"])
@said
def test_the_servers_own_machine_is_a_place_in_tests(clova, connect, say, url):
    clova.launch(lambda: say(url))
    assert url in connect(CLOVA_PLATFORM="line").launch().text


def long_url(size):
    return MP3 + "?" + "s" * (size - len(MP3) - 1)


def test_a_signed_url_may_be_longer_on_line(clova, connect):
    clova.launch(lambda: AudioURL(long_url(5000)))
    assert connect(CLOVA_PLATFORM="line").launch().speech == long_url(5000)


def test_a_picture_with_a_url_beyond_the_limit_is_told(clova, connect, caplog):
    clova.launch(lambda: tell("네", card=cards.text("글", image_url=long_url(2049), bg_url=long_url(2048))))
    assert connect().launch().card
    assert "response.card.imageUrl.value: Longer than 2048 bytes." in caplog.text
    assert "bgUrl" not in caplog.text


# Dicts.


def whole(speech=None, **more):
    return {"response": {"outputSpeech": speech, "shouldEndSession": True, **more}}


@fetched
def test_audio_of_a_dict_is_refused(clova, connect, url, reason):
    clova.launch(lambda: whole({"type": "SimpleSpeech", "values": {"type": "URL", "lang": "", "value": url}}))
    with pytest.raises(AnswerError, match=reason):
        connect().launch()


def directive(name, payload):
    namespace, _, name = name.partition(".")
    return {"directives": [{"header": {"namespace": namespace, "name": name}, "payload": payload}]}


PLAYER = {"displayType": "list", "playableItems": [], "controls": []}
ITEM = {"token": "t", "titleText": "a", "titleSubText1": "b", "showAdultIcon": False}
DICTS = {
    "card": (
        lambda url: {"card": {"type": "Text", "imageUrl": {"type": "url", "value": url}}},
        "response.card.imageUrl.value",
        "answer.card",
    ),
    "row of a card": (
        lambda url: {"card": {"type": "CardList", "cardList": [{"imageUrl": {"type": "url", "value": url}}]}},
        "response.card.cardList[0].imageUrl.value",
        "answer.card",
    ),
    "weather": (
        lambda url: {"card": {"type": "WindSpeed", "bgClipUrl": {"type": "url", "value": url}}},
        "response.card.bgClipUrl.value",
        "answer.card",
    ),
    "delivery": (
        lambda url: directive(
            "AudioPlayer.StreamDeliver", {"audioItemId": "1", "audioStream": {"token": "t", "url": url}}
        ),
        "response.directives[0].payload.audioStream.url",
        "answer.directive",
    ),
    "delivery of the guide": (
        lambda url: directive(
            "AudioPlayer.StreamDeliver", {"audioItemId": "1", "stream": {"token": "t", "url": url}}
        ),
        "response.directives[0].payload.stream.url",
        "answer.directive",
    ),
    "lyrics": (
        lambda url: directive(
            "TemplateRuntime.RenderPlayerInfo",
            {**PLAYER, "playableItems": [{**ITEM, "lyrics": [{"format": "LRC", "url": url}]}]},
        ),
        "response.directives[0].payload.playableItems[0].lyrics[0].url",
        "answer.directive",
    ),
}


IN_JSON = {name: case for name, case in (NEVER | FETCHED_ONLY).items() if name != "half a surrogate"}


@pytest.mark.parametrize(("url", "reason"), IN_JSON.values(), ids=IN_JSON)
@pytest.mark.parametrize(("make", "path", "code"), DICTS.values(), ids=DICTS)
def test_a_dict_is_sent_and_warned_of_and_judged(clova, connect, caplog, make, path, code, url, reason):
    @clova.launch
    def radio():
        return whole(**make(url))

    reply = connect().launch()
    [warning] = [record.getMessage() for record in caplog.records if record.levelno == logging.WARNING]
    assert warning.startswith(f"{path}: ")
    assert f"{radio.__qualname__} (" in warning
    assert "test_urls.py:" in warning
    [finding] = judge(reply)
    assert finding.code == code
    assert str(finding).startswith(f"{path}: ")


def test_a_dict_that_holds_itself_does_not_end_us(clova, connect):
    item = {"type": "url", "value": MP3}
    item["again"] = item
    row = {"title": item}
    row["rows"] = [row]
    clova.launch(lambda: tell("네", card={"type": "CardList", "cardList": [row], "self": row}))
    with pytest.raises(AnswerError, match="cannot be written as JSON"):
        connect().launch()


def test_payloads_of_any_form_are_looked_through(clova, connect):
    odd = [5, None, "곡", [], {"stream": 5}, {"stream": {"url": ["a"]}}, {"stream": {"url": None}}]
    made = [directive("AudioPlayer.Play", {"audioItem": one})["directives"][0] for one in odd]
    clova.launch(lambda: whole(directives=made))
    assert len(connect().launch().directives) == len(odd)


def test_a_directive_made_by_hand_is_quiet(clova, connect, caplog):
    made = [
        Directive("AudioPlayer.Play", {"audioItem": {"titleText": "제목"}}),
        Directive("Naver.Custom", {"값": [1]}),
        Directive("AudioPlayer.StreamDeliver", {"stream": {"token": "t", "url": "/srv/노래.mp3"}}),
    ]
    clova.launch(lambda: tell("네", directives=made))
    sent = connect(CLOVA_PLATFORM="line").launch().directives
    assert [one["payload"] for one in sent] == [one.payload for one in made]
    assert caplog.records == []


def test_what_a_hook_makes_of_a_directive_is_told(clova, connect, caplog):
    def spoil(message):
        message["response"]["directives"][0]["payload"]["audioItem"]["stream"]["url"] = "/srv/a.mp3"

    clova.launch(lambda: tell("네", directives=[audio.play(MP3, **PLAY)]))
    clova.after_request(spoil)
    connect().launch()
    path = "response.directives[0].payload.audioItem.stream.url"
    assert f"{path}: '/srv/a.mp3' is not an absolute URL" in caplog.text


AUDIO = {"type": "URL", "lang": "", "value": "http://example.com/a.mp3"}


def test_the_judge_knows_the_platform():
    message = whole({"type": "SimpleSpeech", "values": AUDIO}, card={}, directives=[])
    whole_message = {"version": "1.0", "sessionAttributes": {}, **message}
    reply = Reply({"version": "1.0", "request": {}}, 200, whole_message, "…")
    on = {name: judge(reply, answer_rules(row, is_developed=True)) for name, row in PLATFORMS.items()}
    assert on["naver"] == []
    [finding] = on["line"]
    assert "LINE fetches nothing by http." in str(finding)
