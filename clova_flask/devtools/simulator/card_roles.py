"""What each field of a content template is on a screen: the title, a text, a picture, a link."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Roles:
    """The fields of a template, or of the rows of a list, by what they are on a screen.

    :ivar large: what is written large.
    :ivar pictures: the same picture in several sizes, the best one first.
    :ivar links: the fields of a link's text and of its URL.
    :ivar rows: the field with the list of rows.
    """

    title: str = ""
    large: str = ""
    texts: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    rows: str = ""


_REFERENCE = ("referenceText", "referenceUrl")
_LINK = ("", "linkUrl")
_REPEAT = ("repeatPeriod", "repeatDay")
_BY = ("lastUpdate", "contentProviderText")


def _weather(*texts: str, large: str = "", pictures: tuple[str, ...] = (), rows: str = "") -> Roles:
    pictures = (*pictures, "bgDefaultUrl")
    return Roles("location", large, (*texts, *_BY), pictures, (_LINK, _REFERENCE), rows)


ROLES: dict[str, Roles] = {
    "ActionTimer": Roles("label", "scheduledTime", ("action", *_REPEAT)),
    "ActionTimerList": Roles(rows="actionTimerList"),
    "Alarm": Roles(large="scheduledTime", texts=_REPEAT),
    "AlarmList": Roles(rows="alarmList"),
    "Atmosphere": _weather(
        "announcementOfAtmosphere",
        "concentrationOfAtmosphere",
        large="valueOfAtmosphere",
        rows="halfDayAtmosphereList",
    ),
    "CardList": Roles(links=(("noticeText", "noticeLink"),), rows="cardList"),
    "Humidity": _weather(large="humidity"),
    "ImageList": Roles(rows="thumbImageUrlList"),
    "ImageText": Roles(
        "mainText",
        texts=("subTextList",),
        pictures=("imageUrl", "thumbImageUrl"),
        links=(_LINK, ("", "appLinkUrl"), _REFERENCE),
    ),
    "Memo": Roles(texts=("content", "timestamp")),
    "MemoList": Roles(rows="memoList"),
    "Popup": Roles(
        "title",
        texts=("mainText", "alertText"),
        links=(
            ("positiveButtonText", "positiveButtonUrl"),
            ("negativeButtonText", "negativeButtonUrl"),
            ("toastText", ""),
            ("toastLinkText", "toastLinkUrl"),
        ),
    ),
    "Reminder": Roles("label", "scheduledTime", ("content", "status", *_REPEAT)),
    "ReminderList": Roles(rows="reminderList"),
    "Schedule": Roles("content", texts=("start", "end", *_REPEAT)),
    "ScheduleList": Roles(rows="scheduleList"),
    "Text": Roles(
        "mainText",
        "highlightText",
        ("subText", "sentenceText", "paragraphText"),
        ("imageUrl", "bgUrl"),
        (_LINK, _REFERENCE),
        "tableList",
    ),
    "Timer": Roles(large="scheduledTime"),
    "TimerList": Roles(rows="timerList"),
    "TodayWeather": _weather(
        "nowWeather",
        "concentrationOfFineDust",
        large="nowTemperature",
        pictures=("nowTemperatureImageUrl",),
        rows="hourlyWeatherList",
    ),
    "TomorrowWeather": _weather(
        "highTemperature", "highTempWeather", "lowTemperature", "lowTempWeather", rows="hourlyWeatherList"
    ),
    "WeeklyWeather": _weather("description", rows="dailyWeatherList"),
    "WindSpeed": _weather("windDirection", large="windSpeed"),
}
"""The guides' templates, all of them."""

ROWS: dict[str, Roles] = {
    "actionTimerList": ROLES["ActionTimer"],
    "alarmList": ROLES["Alarm"],
    "cardList": Roles(
        "title",
        texts=("description", "press", "publishDate", "contentProviderText"),
        pictures=("imageUrl", "pressIconUrl"),
        links=(_LINK, ("", "videoUrl"), _REFERENCE),
    ),
    "dailyWeatherList": Roles(
        "date", texts=("highTemperature", "lowTemperature"), pictures=("iconImageUrl",)
    ),
    "halfDayAtmosphereList": Roles(
        "durationHalfDay", texts=("concentrationOfAtmosphere",), pictures=("atmosphereImageUrl",)
    ),
    "hourlyWeatherList": Roles(
        "hourlyTime", "hourlyTemperature", ("rainfallProbability",), ("temperatureImageUrl",)
    ),
    "memoList": Roles(texts=("content", "lastModified")),
    "reminderList": ROLES["Reminder"],
    "scheduleList": ROLES["Schedule"],
    "tableList": Roles("item1", texts=("item3",), links=(("item2", "item2Link"),)),
    "thumbImageUrlList": Roles(
        "imageTitle", "", ("imageReference",), ("imageUrl", "thumbImageUrl"), (_REFERENCE,)
    ),
    "timerList": ROLES["Timer"],
}
"""The rows of each list."""
