"""Ages and dates in the words of many languages, named or not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from newsarchive.errors import UnknownAge
from newsarchive.times import parse_age, parse_moment, parse_time, to_iso

AT = datetime(2026, 11, 22, 23, 45, 10, 5, tzinfo=UTC)

AGES = {
    "3 hours ago": {
        "de": "vor 3 Stunden",
        "fr": "il y a 3 heures",
        "es": "hace 3 horas",
        "pt-BR": "há 3 horas",
        "it": "3 ore fa",
        "nl": "3 uur geleden",
        "af": "3 uur gelede",
        "ca": "fa 3 hores",
        "ro": "acum 3 ore",
        "el": "πριν από 3 ώρες",
        "sv": "för 3 timmar sedan",
        "da": "for 3 timer siden",
        "nb": "for 3 timer siden",
        "fi": "3 tuntia sitten",
        "hu": "3 órája",
        "pl": "3 godziny temu",
        "cs": "před 3 hodinami",
        "sk": "pred 3 hodinami",
        "ru": "3 часа назад",
        "uk": "3 години тому",
        "bg": "преди 3 часа",
        "sr": "пре 3 сата",
        "sr-Latn": "pre 3 sata",
        "ga": "3 uair ó shin",
        "cy": "3 awr yn ôl",
        "hr": "prije 3 sata",
        "sl": "pred 3 urami",
        "lt": "prieš 3 valandas",
        "lv": "pirms 3 stundām",
        "et": "3 tunni eest",
        "tr": "3 saat önce",
        "az": "3 saat əvvəl",
        "ar": "منذ ٣ ساعات",
        "fa": "۳ ساعت پیش",
        "he": "לפני 3 שעות",
        "ur": "3 گھنٹے پہلے",
        "hi": "३ घंटे पहले",
        "bn": "৩ ঘন্টা আগে",
        "mr": "३ तासांपूर्वी",
        "id": "3 jam yang lalu",
        "ms": "3 jam lalu",
        "fil": "3 oras ang nakalipas",
        "vi": "3 giờ trước",
        "th": "3 ชั่วโมงที่แล้ว",
        "zh-Hans": "3小时前",
        "zh-Hant": "3 小時前",
        "ja": "３時間前",
        "ko": "3시간 전",
        "sw": "saa 3 zilizopita",
        "zu": "3 amahora edlule",
        "nd": "amahola amathathu edlule",
        "sn": "maawa matatu apfuura",
    },
    "2 months ago": {
        "de": "vor 2 Monaten",
        "fr": "il y a 2 mois",
        "es": "hace dos meses",
        "it": "2 mesi fa",
        "pl": "2 miesiące temu",
        "ru": "2 месяца назад",
        "tr": "2 ay önce",
        "ar": "منذ شهرين",
        "he": "לפני חודשיים",
        "vi": "2 tháng trước",
        "id": "2 bulan lalu",
        "zh": "2个月前",
        "ja": "2か月前",
        "ko": "2개월 전",
        "sw": "miezi miwili iliyopita",
        "sn": "mwedzi miviri yapfuura",
        "nd": "inyanga ezimbili ezedlule",
    },
    "1 year ago": {
        "de": "vor einem Jahr",
        "fr": "il y a un an",
        "es": "hace un año",
        "pt": "há um ano",
        "ru": "год назад",
        "ar": "منذ سنة واحدة",
        "zh": "一年前",
        "hu": "egy éve",
        "id": "setahun yang lalu",
        "sw": "mwaka mmoja uliopita",
    },
    "yesterday": {
        "de": "gestern",
        "fr": "hier à 10h",
        "es": "ayer a las 10:30",
        "pt": "ontem",
        "it": "ieri",
        "nl": "gisteren",
        "pl": "wczoraj, 10:30",
        "ru": "вчера в 10:30",
        "tr": "dün",
        "ar": "أمس",
        "fa": "دیروز",
        "he": "אתמול",
        "hi": "कल",
        "vi": "hôm qua",
        "zh": "昨天 10:30",
        "ja": "昨日",
        "ko": "어제",
        "sw": "jana",
        "nd": "izolo",
        "sn": "nezuro",
    },
    "just now": {
        "de": "gerade eben",
        "fr": "à l’instant",
        "es": "ahora mismo",
        "pt": "agora mesmo",
        "it": "proprio ora",
        "ru": "только что",
        "tr": "şimdi",
        "ar": "الآن",
        "zh": "刚刚",
        "ja": "たった今",
        "ko": "방금 전",
        "sw": "sasa hivi",
    },
    "a few seconds ago": {
        "de": "vor ein paar Sekunden",
        "fr": "il y a quelques secondes",
        "es": "hace unos segundos",
        "pt": "há alguns segundos",
        "it": "alcuni secondi fa",
        "ru": "несколько секунд назад",
        "zh": "几秒前",
        "ja": "数秒前",
        "ko": "몇 초 전",
    },
}
MINUTES = {  # 15:26 on 21 November 2023
    "de": "Di, 21. November 2023 - 15:26",
    "de-AT": "21.11.2023, 15.26 Uhr",
    "fr": "le mardi 21 novembre 2023 à 15h26",
    "es": "21 de noviembre de 2023 a las 15:26",
    "es-MX": "mar. 21 nov. 2023, 3:26 p. m.",
    "pt": "21 de novembro de 2023 às 15h26",
    "it": "martedì 21 novembre 2023 alle 15:26",
    "nl": "21 november 2023 om 15:26 uur",
    "pl": "21 listopada 2023 o 15:26",
    "cs": "21. listopadu 2023 v 15:26",
    "ru": "21 ноября 2023 г., 15:26",
    "uk": "21 листопада 2023 р. о 15:26",
    "ro": "21 noiembrie 2023, 15:26",
    "el": "21 Νοεμβρίου 2023, 3:26 μ.μ.",
    "hu": "2023. november 21. 15:26",
    "sv": "21 november 2023 kl. 15:26",
    "da": "21. nov. 2023 kl. 15.26",
    "fi": "21. marraskuuta 2023 klo 15.26",
    "tr": "21 Kasım 2023 15:26",
    "ar": "٢١ نوفمبر ٢٠٢٣ ٣:٢٦ م",
    "ar-LB": "21 تشرين الثاني 2023 15:26",
    "fa": "۳۰ آبان ۱۴۰۲ ساعت ۱۵:۲۶",
    "he": "21 בנובמבר 2023, 15:26",
    "hi": "21 नवंबर 2023, 3:26 PM",
    "bn": "২১ নভেম্বর ২০২৩, ৩:২৬ PM",
    "id": "Selasa, 21 November 2023 pukul 15.26 WIB",
    "vi": "21 tháng 11, 2023 lúc 15:26",
    "th": "21 พ.ย. 2566 เวลา 15:26 น.",
    "zh-Hans": "2023年11月21日 下午3:26",
    "zh-Hant": "2023年11月21日 星期二 15:26",
    "ja": "２０２３年１１月２１日（火）１５時２６分",
    "ko": "2023년 11월 21일 오후 3:26",
    "sw": "21 Novemba 2023 saa 15:26",
    "zu": "21 Novemba 2023 15:26",
    "nd": "21 Lwezi 2023 15:26",
    "sn": "21 Mbudzi 2023 15:26",
}


@pytest.mark.parametrize(
    ("english", "language", "words"), [(english, *each) for english, words in AGES.items() for each in words.items()]
)
def test_an_age_means_the_same_in_every_language(english: str, language: str, words: str) -> None:
    assert parse_age(words, at=AT, languages=(language,)) == parse_age(english, at=AT)


@pytest.mark.parametrize("words", ["vor 3 Stunden", "il y a 3 heures", "3小时前", "3 часа назад", "maawa 3 apfuura", "3 ore fa"])
def test_a_phrase_of_one_language_needs_no_name(words: str) -> None:
    assert parse_age(words, at=AT) == parse_age(words, at=AT, languages=("ja",)) == parse_age("3 hours ago", at=AT)


def test_a_phrase_that_two_languages_read_differently_needs_one_named() -> None:
    with pytest.raises(UnknownAge):
        parse_age("3 j", at=AT)
    with pytest.raises(UnknownAge):
        parse_age("Leo", at=AT, languages=("de",))
    assert parse_age("Leo", at=AT, languages=("sw",)) == parse_age("today", at=AT)
    assert parse_age("3 j", at=AT, languages=("fr",)) == parse_age("3 days", at=AT)
    assert parse_age("3 j", at=AT, languages=("id",)) == parse_age("3 hours", at=AT)


@pytest.mark.parametrize(
    ("words", "language", "english"),
    [
        ("3h", "en", "3 hours"),
        ("2d", "en", "2 days"),
        ("5 mo", "en", "5 months"),
        ("1y", "en", "1 year"),
        ("2 Std.", "de", "2 hours"),
        ("5 Tage her", "de", "5 days"),
        ("3 sem", "fr", "3 weeks"),
        ("2 g", "it", "2 days"),
        ("5 мин", "ru", "5 minutes"),
        ("2 dk", "tr", "2 minutes"),
        ("2 tyg. temu", "pl", "2 weeks"),
        ("acum 20 de minute", "ro", "20 minutes"),
        ("(bearbeitet) vor 3 Stunden", "de", "3 hours"),
        ("منذ ساعة", "ar", "1 hour"),
        ("kurang dari 1 menit yang lalu", "id", "less than a minute"),
        ("半小时前", "zh", "half an hour ago"),
    ],
)
def test_short_and_other_forms(words: str, language: str, english: str) -> None:
    assert parse_age(words, at=AT, languages=(language,)) == parse_age(english, at=AT)


@pytest.mark.parametrize(("language", "words"), MINUTES.items())
def test_a_date_means_the_same_in_every_language(language: str, words: str) -> None:
    found = parse_moment(words, at=AT, language=language, time_zone="Asia/Jakarta")
    assert (to_iso(found.earliest), found.precision) == ("2023-11-21T08:26:00Z", "minute")
    assert parse_time(words, at=AT, time_zone="Asia/Jakarta", languages=("en", language)) == found


@pytest.mark.parametrize(
    ("words", "language", "zone", "earliest", "precision"),
    [
        ("Nov. 21, 2023, 3:26 p.m. ET", "en", "Europe/Berlin", "2023-11-21T20:26:00Z", "minute"),
        ("July 21, 2023 3:26 PM PDT", "en", None, "2023-07-21T22:26:00Z", "minute"),
        ("21 Nov 2023 15:26 GMT+2", "en", None, "2023-11-21T13:26:00Z", "minute"),
        ("2023-11-21 15:26 (UTC)", "en", "Europe/Berlin", "2023-11-21T15:26:00Z", "minute"),
        ("2023-11-21T15:26:07.123Z", None, "Europe/Berlin", "2023-11-21T15:26:07Z", "second"),
        ("Le 17 juillet à 22:09", "fr", "Europe/Paris", "2026-07-17T20:09:00Z", "minute"),
        ("Le 17 décembre à 22:09", "fr", "Europe/Paris", "2025-12-17T21:09:00Z", "minute"),
        ("29 February", "en", "Europe/London", "2024-02-29T00:00:00Z", "day"),
        ("21/11, 15:26", "es", "Europe/Madrid", "2026-11-21T14:26:00Z", "minute"),
        ("28.09.19 12:44", "de", "Europe/Berlin", "2019-09-28T10:44:00Z", "minute"),
        ("23/11/21 15:26", "ko", "Asia/Seoul", "2023-11-21T06:26:00Z", "minute"),
        ("24th July 2012 - 19:58", "en", "Africa/Harare", "2012-07-24T17:58:00Z", "minute"),
        ("Fri, 2012-11-09 17:18", "en", "Africa/Harare", "2012-11-09T15:18:00Z", "minute"),
        ("posted on May 3, 2020 at 3:10 pm", "en", "Africa/Harare", "2020-05-03T13:10:00Z", "minute"),
        ("Wed 05/01/2024", "en-GB", "UTC", "2024-05-01T00:00:00Z", "day"),
        ("05/01/2024", "en", "America/New_York", "2024-05-01T04:00:00Z", "day"),
        ("21 novembre 2023 à 10h", "fr", "UTC", "2023-11-21T10:00:00Z", "hour"),
        ("Nov 21, 2023 3pm", "en", "UTC", "2023-11-21T15:00:00Z", "hour"),
        ("Today at 9:12", "en", "Europe/London", "2026-11-22T09:12:00Z", "minute"),
        ("heute, 14:05", "de", "Europe/London", "2026-11-22T14:05:00Z", "minute"),
        ("hier à 10h", "fr", "Europe/London", "2026-11-21T10:00:00Z", "hour"),
        ("Monday at 9:12", "en", "Europe/London", "2026-11-16T09:12:00Z", "minute"),
        ("03/13 at 09:14 AM", "en", "UTC", "2026-03-13T09:14:00Z", "minute"),
        ("12. mart 2019", "sr", "UTC", "2019-03-12T00:00:00Z", "day"),
        ("1 ม.ค. 66", "th", "UTC", "2023-01-01T00:00:00Z", "day"),
        ("۲۳ اسفند ۱۳۹۰ ۷:۳۳ ب.ظ", "fa", "UTC", "2012-03-13T19:33:00Z", "minute"),
        ("۱ فروردین ۱۴۰۰", "fa", "UTC", "2021-03-21T00:00:00Z", "day"),
        ("۳۰ اسفند ۱۳۹۹", "fa", "UTC", "2021-03-20T00:00:00Z", "day"),
    ],
)
def test_dates_of_many_kinds(words: str, language: str | None, zone: str | None, earliest: str, precision: str) -> None:
    found = parse_moment(words, at=AT, time_zone=zone, language=language)
    assert (to_iso(found.earliest), found.precision) == (earliest, precision)


def test_a_language_without_a_table_is_read_when_named() -> None:
    age = parse_age("2 eur zo", at=AT, languages=("br",))
    assert age.earliest <= AT - timedelta(hours=3) < AT - timedelta(hours=1, minutes=30) <= age.latest
    assert to_iso(parse_moment("12 Mezheven 2023", at=AT, language="br").earliest) == "2023-06-12T00:00:00Z"
    for words in ("2 eur zo", "12 Mezheven 2023"):
        with pytest.raises(UnknownAge):
            parse_time(words, at=AT, languages=("de", "xx"))
