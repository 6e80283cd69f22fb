"""The words of ages and dates in the languages of the Middle East and the Horn of Africa."""

from __future__ import annotations

TONGUES = {
    "ar": """
ago قبل منذ مضت من
sec ثانية ثواني ثوان ثانيه ث ثوانٍ ثوانِ ثانيتين
min دقيقة دقائق دقايق د دقيقتين
hour ساعة ساعات س ساعه ساعتين
day يوم أيام يوما ايام ي يومًا يومين
week أسبوع أسابيع أسبوعا أسبوعًا أسبوعين
month شهر أشهر شهور شهرا خلال_أشهر شهرًا شهرين
year سنة سنوات عام أعوام عاما سنه سنين سنتين
day2 يومين يومان
hour2 ساعتين ساعتان
min2 دقيقتين دقيقتان
month2 شهرين شهران
sec2 ثانيتين ثانيتان
week2 أسبوعين أسبوعان
year2 سنتين عامين سنتان
num واحد=1 واحدة=1 ثلاث=3 ثلاثة=3 أربع=4 أربعة=4 خمس=5 خمسة=5 ست=6 ستة=6 سبع=7 سبعة=7 ثماني=8 ثمانية=8 تسع=9 تسعة=9 عشر=10
num عشرة=10
few بضع بضعة عدة
about حوالي تقريبا نحو أكثر_من
under أقل_من
now الآن منذ_لحظات قبل_لحظات منذ_قليل قبل_قليل للتو منذ_ثوان قبل_ثوان أقل_من_دقيقة منذ_أقل_من_دقيقة
half منذ_نصف_ساعة قبل_نصف_ساعة
today اليوم
yesterday أمس البارحة
eve أول_أمس أمس_الأول
lastweek الأسبوع_الماضي
lastmonth الشهر_الماضي
lastyear العام_الماضي السنة_الماضية
months كانون_الثاني/جانفي/يناير شباط/فيفري/فبراير آذار/اذار/مارس نيسان/أفريل/ابريل/أبريل أيار/ماي/مايو
months حزيران/جوان/يونيه/يونيو تموز/جويلية/يوليه/يوليو آب/أوت/أغسطس أيلول/شتنبر/سبتمبر تشرين_الأول/أكتوبر
months تشرين_الثاني/نونبر/نوفمبر كانون_الأول/دجنبر/ديسمبر
days الإثنين/إثنين/الاثنين ثلاثاء/الثلاثاء أربعاء/الأربعاء خميس/الخميس جمعة/الجمعة سبت/السبت أحد/الأحد
am ص صباحا
pm م مساء
fill في الساعة يوم بتاريخ و على
edited معدل تم_التعديل
""",
    "he": """
ago לפני
sec שנ שניות שניה שנייה שנ׳
min דק דקות דק׳ דקה
hour כשעה משעה שעות שע׳ שעה שעתיים
day כיום מיום ימים יום יומיים ימ׳
week שבועות שב׳ שבוע שבועיים
month כחודש מחודש חודשים חו׳ חודש חודשיים ח׳
year כשנה משנה שנים שנה שנתיים
day2 יומיים כיומיים
hour2 שעתיים כשעתיים
min2 דקותיים
month2 חודשיים כחודשיים
week2 שבועיים
year2 שנתיים כשנתיים
num אחד=1 אחת=1 שתי=2 שני=2 שלוש=3 שלושה=3 ארבע=4 ארבעה=4 חמש=5 חמישה=5 עשר=10 עשרה=10
few כמה מספר
about כ בערך כמעט יותר_מ יותר
under פחות_מ
now עכשיו כעת ממש_עכשיו לפני_רגע לפני_כמה_רגעים הרגע לפני_פחות_מדקה
half לפני_חצי_שעה
today היום
yesterday אתמול
eve שלשום
lastweek שבוע_שעבר
lastmonth חודש_שעבר
lastyear שנה_שעברה
months בינואר/בינו/ינואר/ינו׳ בפברואר/בפבר/פברואר/פבר׳ במרץ/מרץ באפריל/באפר/אפריל/אפר׳ במאי/מאי ביוני/ביונ/יוני
months ביולי/ביול/יולי באוגוסט/באוג/אוגוסט/אוג׳ בספטמבר/בספט/ספטמבר/ספט׳ באוקטובר/באוק/אוקטובר/אוק׳ בנובמבר/בנוב/נובמבר/נוב׳
months בדצמבר/בדצמ/דצמבר/דצמ׳
days שני/יום_שני/יום_ב׳ שלישי/יום_שלישי/יום_ג׳ רביעי/יום_רביעי/יום_ד׳ חמישי/יום_חמישי/יום_ה׳ שישי/יום_שישי/יום_ו׳
days יום_שבת/שבת ראשון/יום_ראשון/יום_א׳
fill ב בשעה ה יום בתאריך של
edited נערך
""",
    "fa": """
ago پیش قبل
sec ثانیه
min دقیقه
hour ساعت
day روز
week هفته
month ماه
year سال
num یک=1 دو=2 سه=3 چهار=4 پنج=5 شش=6 هفت=7 هشت=8 نه=9 ده=10
few چند
about حدود تقریبا بیش_از بیشتر_از
under کمتر_از
now اکنون هم‌اکنون همین_الان الان لحظاتی_پیش چند_لحظه_پیش
half نیم_ساعت_پیش نیم_ساعت_قبل
today امروز
yesterday دیروز
eve پریروز
lastweek هفته_گذشته
lastmonth ماه_گذشته
lastyear سال_گذشته
months ژانویهٔ/ژانویه فوریهٔ/فوریه مارس آوریل مهٔ/مه ژوئن ژوئیهٔ/ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر
jalali فروردین اردیبهشت خرداد تیر مرداد/امرداد شهریور مهر آبان آذر دی بهمن اسفند
days دوشنبه سه‌شنبه چهارشنبه پنجشنبه جمعه شنبه یکشنبه
fill ساعت در تاریخ مورخ
edited ویرایش_شده
order ymd
""",
    "am": """
ago በፊት ከ
sec ሰከንድ ሰከንዶች ሰከ
min ደቂቃ ደቂቃዎች ደቂ
hour ሰዓት ሰዓቶች ሰዓ
day ቀን ቀናት ቀኖች
week ሳምንታት ሳምንት
month ወራት ወር
year ዓመታት ዓመት
num አንድ=1 ሁለት=2
now አሁን
today ዛሬ
yesterday ትላንት ትናንት
months ጃንዋሪ/ጃን ፌብሩዋሪ/ፌብ ማርች ኤፕሪል/ኤፕሪ ሜይ ጁን ጁላይ ኦገስት/ኦገስ ሴፕቴምበር/ሴፕቴ ኦክቶበር/ኦክቶ ኖቬምበር/ኖቬም ዲሴምበር/ዲሴም
days ሰኞ ማክሰኞ/ማክሰ ረቡዕ ሐሙስ ዓርብ ቅዳሜ እሑድ
""",
    "so": """
ago kahor
sec ilbiriqsi ilbrqsi_khr ilbrqsi
min daqiiqad daqiiqadood dqqd_khr daqiiqo dqqd
hour saacad saacadood scd_khr scd
day maalin maalmood mlmd_khr mln_khr mln
week tdbd_khr toddobaad tdbd toddobaadyo
month bil bil_khr bilood
year sannad sannadood snd_khr sannado snd
num hal=1 laba=2
now hadda imminka
today maanta
yesterday shalay
months janaayo/jan/jannaayo febraayo/feb maarso/mar abriil/abr maayo/may juun/jun luulyo/lul agosto/ogs/ogosto
months sebtembar/seb/sebteembar oktoobar/okt noofeembar/nof diseembar/dis
days isniin/isn talaado/tldo arbaco/arbc khamiis/khms jimco/jmc sabti/sbti axad/axd
am gh
pm gd
""",
}
