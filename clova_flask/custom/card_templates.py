"""The content templates that ``response.card`` can carry: the fields of each, and what each field holds.

From the guides' tables of content templates and of the objects that they share. A field of the same
name holds the same kind of object in every template.
"""

from __future__ import annotations

COMMON = ("actionList", "failureMessage", "meta", "subtitle")
"""Fields that every template may have."""

_WEATHER = "bgClipUrl bgDefaultUrl contentProviderText lastUpdate linkUrl location referenceText referenceUrl"
_TIMES = "repeatDay repeatPeriod scheduledTime token"

TEMPLATES: dict[str, tuple[str, ...]] = {
    name: (*fields.split(), *COMMON)
    for name, fields in {
        "ActionTimer": f"action label {_TIMES}",
        "ActionTimerList": "actionTimerList",
        "Alarm": _TIMES,
        "AlarmList": "alarmList",
        "Atmosphere": f"{_WEATHER} announcementOfAtmosphere concentrationOfAtmosphere halfDayAtmosphereList "
        "temperatureCode valueOfAtmosphere",
        "CardList": "cardList noticeLink noticeText subType",
        "Humidity": f"{_WEATHER} humidity temperatureCode",
        "ImageList": "thumbImageUrlList",
        "ImageText": "appLinkUrl imageUrl linkUrl mainText referenceText referenceUrl subTextList "
        "thumbImageUrl thumbImageType",
        "Memo": "content timestamp token",
        "MemoList": "memoList",
        "Popup": "alertText displayType mainText negativeButtonText negativeButtonUrl positiveButtonText "
        "positiveButtonUrl title toastLinkText toastLinkUrl toastText",
        "Reminder": f"content label status {_TIMES}",
        "ReminderList": "reminderList",
        "Schedule": "content end repeatDay repeatPeriod start token",
        "ScheduleList": "scheduleList",
        "Text": "bgUrl emotionCode highlightText imageUrl linkUrl mainText motionCode paragraphText "
        "referenceText referenceUrl sentenceText subText tableList",
        "Timer": "scheduledTime token",
        "TimerList": "timerList",
        "TodayWeather": f"{_WEATHER} concentrationOfFineDust hourlyWeatherList nowTemperature "
        "nowTemperatureImageCode nowTemperatureImageUrl nowWeather",
        "TomorrowWeather": f"{_WEATHER} highTemperature highTempWeather hourlyWeatherList lowTemperature "
        "lowTempWeather",
        "WeeklyWeather": f"{_WEATHER} dailyWeatherList description",
        "WindSpeed": f"{_WEATHER} temperatureCode windDirection windSpeed",
    }.items()
}
"""The fields of each template, besides ``type``. More templates will come."""

ROWS: dict[str, tuple[str, ...]] = {
    name: tuple(fields.split())
    for name, fields in {
        "actionTimerList": f"action label {_TIMES}",
        "alarmList": _TIMES,
        "cardList": "contentProviderText description imageUrl linkUrl press pressIconUrl publishDate "
        "referenceText referenceUrl title videoUrl",
        "dailyWeatherList": "date highTemperature iconImageCode iconImageUrl lowTemperature",
        "halfDayAtmosphereList": "atmosphereImageUrl concentrationOfAtmosphere durationHalfDay",
        "hourlyWeatherList": "hourlyTemperature hourlyTime rainfallProbability temperatureImageCode "
        "temperatureImageUrl",
        "memoList": "content lastModified token",
        "meta": "version",
        "reminderList": f"content label status {_TIMES}",
        "scheduleList": "content end repeatDay repeatPeriod start token",
        "tableList": "item1 item2 item2Link item3",
        "thumbImageUrlList": "imageReference imageTitle imageUrl referenceText referenceUrl thumbImageUrl",
        "timerList": "scheduledTime token",
    }.items()
}
"""The fields of the rows of each list, and of ``meta``, which is one row."""

LISTS = frozenset({"actionList", "description", "repeatDay", "subTextList"})
"""Fields that hold a list of objects."""

PLAIN = frozenset({"displayType", "subType", "type"})
"""Fields that hold a plain text."""

IMAGES = frozenset(
    {
        "atmosphereImageUrl",
        "bgClipUrl",
        "bgDefaultUrl",
        "bgUrl",
        "iconImageUrl",
        "imageUrl",
        "nowTemperatureImageUrl",
        "pressIconUrl",
        "temperatureImageUrl",
        "thumbImageUrl",
        "videoUrl",
    }
)
"""URIs that the device fetches."""

LINKS = frozenset(
    {
        "appLinkUrl",
        "item2Link",
        "linkUrl",
        "negativeButtonUrl",
        "noticeLink",
        "positiveButtonUrl",
        "referenceUrl",
        "toastLinkUrl",
    }
)
"""URIs that an app opens, by any scheme that it knows."""

PHONES = frozenset({"item2Link"})
"""Fields that hold a URI or a telephone number."""

DATES = frozenset({"date", "publishDate"})

NUMBERS = frozenset({"highlightText", "windSpeed"})
"""Fields that hold a number, or text."""

SUB_TYPES = ("Type1", "Type2", "Type3", "Type4")
"""The values of ``subType``."""
