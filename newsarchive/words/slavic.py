"""The words of ages and dates in the Slavic languages."""

from __future__ import annotations

TONGUES = {
    "pl": """
ago temu
sec s sek sekundę sekund sekundy sekunda
min min m minut minuty minutę minuta
hour h g godz godzinę godziny godzin godzina
day d dni dzień dnia
week tyg tydz t tydzień tygodnie tygodni tygodnia
month mies m-c miesiąc miesiące miesięcy msc mc miesiąca
year r l rok lata lat roku
num jeden=1 jedną=1 jedna=1 dwa=2 dwie=2 trzy=3 cztery=4 pięć=5 sześć=6 siedem=7 osiem=8 dziewięć=9 dziesięć=10
few kilka parę kilkanaście
about około ok ponad prawie blisko
under mniej_niż
now teraz przed_chwilą właśnie_teraz chwilę_temu moment_temu mniej_niż_minutę_temu w_tej_chwili
half pół_godziny_temu
today dzisiaj dziś
yesterday wczoraj
eve przedwczoraj
lastweek w_zeszłym_tygodniu
lastmonth w_zeszłym_miesiącu
lastyear w_zeszłym_roku
months stycznia/sty/styczeń lutego/lut/luty marca/mar/marzec kwietnia/kwi/kwiecień maja/maj czerwca/cze/czerwiec
months lipca/lip/lipiec sierpnia/sie/sierpień września/wrz/wrzesień października/paź/październik listopada/lis/listopad
months grudnia/gru/grudzień
days poniedziałek/pon wtorek/wt/wto środa/śr/śro czwartek/czw piątek/pt/pią sobota/sob ndz/niedziela/niedz
fill o godz r godzinie roku dnia w dodano dodany napisano opublikowano
edited edytowany edytowano zmodyfikowano
""",
    "cs": """
ago před
sec s sek vteřinami vteřinou sekund sekundy sekundami sekundou sekunda
min min m minutami minutou minuty minut minuta
hour h hod hodinami hodinou hodiny hodin hodina
day d dnem dny dnů den dne
week týd týdnem týdny t týdne týden týdnů
month měs měsícem měsíci měsíce měsíc měsíců
year r rokem lety roky let rok l roku
num jedním=1 jednou=1 dvěma=2 třemi=3 čtyřmi=4 pěti=5 šesti=6 sedmi=7
few několika pár
about asi cca přibližně zhruba necelými necelou téměř více_než přes
under méně_než
now nyní teď právě_teď právě_nyní před_chvílí před_okamžikem před_malou_chvílí před_méně_než_minutou
half před_půl_hodinou před_půlhodinou
today dnes
yesterday včera
eve předevčírem
lastweek minulý_týden
lastmonth minulý_měsíc
lastyear minulý_rok
months ledna/led/leden února/úno/únor března/bře/březen dubna/dub/duben května/kvě/květen června/čvn/červen
months července/čvc/červenec srpna/srp/srpen září/zář října/říj/říjen listopadu/lis/listopad prosince/pro/prosinec
days pondělí/po úterý/út středa/st čtvrtek/čt pátek/pá sobota/so neděle/ne
am dop
pm odp
fill v ve dne hod vloženo napsáno přidáno h
edited upraveno editováno
""",
    "sk": """
ago pred
sec s sek sekundami sekundou sekundy sekunda sekúnd
min min m minútou minútami minúty minút minúta
hour h hod hodinami hodinou hodina hodiny hodín
day d dňa dňami dňom deň dni dní
week týž týždňa týždňami týždňom týždeň týždne týždňov
month mes mesiaca mesiacmi mesiacom mesiac mesiace mesiacov
year r roka rokmi rokom rok rokov roky
num jedným=1 jednou=1 dvoma=2 dvomi=2 troma=3
few niekoľkými pár niekoľko
about približne asi cca takmer viac_než viac_ako
under menej_než menej_ako
now teraz práve_teraz pred_chvíľou
half pred_pol_hodinou
today dnes
yesterday včera
eve predvčerom
months januára/jan/január februára/feb/február marca/mar/marec apríla/apr/apríl mája/máj júna/jún júla/júl
months augusta/aug/august septembra/sep/september októbra/okt/október novembra/nov/november decembra/dec/december
days pondelok/po utorok/ut streda/st štvrtok/št piatok/pi sobota/so nedeľa/ne
fill o v dňa hod pridané
edited upravené
""",
    "ru": """
ago назад тому_назад
sec с сек секунд секунду секунды секунда
min м мин минут минуту минуты минута
hour ч час часа часов
day д дн день дня дней сут сутки
week н нед недели недель неделю неделя
month мес м месяц месяца месяцев
year г л год года лет
num один=1 одну=1 одна=1 два=2 две=2 три=3 четыре=4 пять=5 шесть=6 семь=7 восемь=8 девять=9 десять=10
few несколько пару
about около примерно почти более больше
under менее меньше
now только_что сейчас прямо_сейчас секунду_назад менее_минуты_назад меньше_минуты_назад
half полчаса_назад
today сегодня
yesterday вчера
eve позавчера
lastweek на_прошлой_неделе
lastmonth в_прошлом_месяце
lastyear в_прошлом_году
months января/янв/январь февраля/февр/февраль/фев марта/мар/март апреля/апр/апрель мая/май июня/июн/июнь июля/июл/июль
months августа/авг/август сентября/сент/сентябрь/сен октября/окт/октябрь ноября/нояб/ноябрь/ноя декабря/дек/декабрь
days понедельник/пн вторник/вт среда/ср четверг/чт пятница/пт суббота/сб воскресенье/вс
fill в г года от опубликовано написал написала добавлено
edited изменено отредактировано ред
""",
    "uk": """
ago тому
sec с сек секунд секунди секунду секунда
min хв х хвилин хвилини хвилину хвилина
hour год г годину години годин година
day д дн днi день дня дні днів
week тиж т тиждні тиждень тижня тижні тижнів
month міс м місяць місяця місяці місяців
year р роки року років рік
num один=1 одну=1 одна=1 два=2 дві=2 три=3 чотири=4 п'ять=5
few кілька декілька пару
about близько приблизно майже понад більше
under менше
now щойно зараз тільки_що менше_хвилини_тому
half півгодини_тому пів_години_тому
today сьогодні
yesterday вчора учора
eve позавчора
months січня/січ/січень лютого/лют/лютий березня/бер/березень квітня/квіт/квітень травня/трав/травень червня/черв/червень
months липня/лип/липень серпня/серп/серпень вересня/вер/вересень жовтня/жовт/жовтень листопада/лист/листопад
months грудня/груд/грудень
days понеділок/пн вівторок/вт середа/ср четвер/чт пʼятниця/пт субота/сб неділя/нд
fill о в у р року об опубліковано
edited змінено відредаговано
""",
    "be": """
ago таму
sec с секунд секунду секунды секунда
min хв хвілін хвіліну хвіліны хвіліна
hour гадз гадзін гадзіну гадзіны гадзіна
day дзень дзён дня дні сут сутак суткі
week тыд тыдзень тыдня тыдняў тыдні тыдз
month мес месяц месяца месяцаў месяцы
year г гадоў гады год года
num адзін=1 адну=1
few некалькі
about каля больш_за амаль
under менш_за
now цяпер толькі_што
today сёння
yesterday учора
months студзеня/сту/студзень лютага/лют/люты сакавіка/сак/сакавік красавіка/кра/красавік мая/май чэрвеня/чэр/чэрвень
months ліпеня/ліп/ліпень жніўня/жні/жнівень верасня/вер/верасень кастрычніка/кас/кастрычнік лістапада/ліс/лістапад
months снежня/сне/снежань
days панядзелак/пн аўторак/аў серада/ср чацвер/чц пятніца/пт субота/сб нядзеля/нд
fill у а г года
""",
    "bg": """
ago преди пр
sec сек секунда секунди
min мин минута минути
hour ч часа час
day д дни ден дена
week седм седмица седмици
month мес м месец месеца
year г година години год
num един=1 една=1 едно=1 два=2 две=2 три=3 четири=4 пет=5
few няколко
about около приблизително почти над
under по-малко_от
now сега току-що преди_малко преди_миг
half преди_половин_час
today днес
yesterday вчера
eve завчера онзи_ден
months януари/яну февруари/фев март април/апр май юни юли август/авг септември/сеп октомври/окт ноември/ное декември/дек
days понеделник/пн вторник/вт сря/сряда/ср четвъртък/чт пет/петък/пт събота/сб нед/неделя/нд
am пр.об.
pm сл.об.
fill в г ч от часа на
edited редактиран
""",
    "mk": """
ago пред
sec сек секунда секунди
min мин минута минути
hour час часа ч
day ден дена
week недели недела седмица седмици сед
month месец месеци мес
year год година години
num еден=1 една=1 два=2 две=2
few неколку
about околу над повеќе_од
under помалку_од
now сега штотуку пред_малку
today денес
yesterday вчера
months јануари/јан февруари/фев март/мар април/апр мај јуни/јун јули/јул август/авг септември/сеп октомври/окт ноември/ное
months декември/дек
days понеделник/пон вторник/вто среда/сре четврток/чет петок/пет сабота/саб недела/нед
fill во г на часот
""",
    "sr": """
ago пре pre
sec с сек секунде секунди секунда s sek sekunde sekundi sekunda sekundu
min минуте минут мин минута minute minut min minuta
hour х сат сата сати ч h sat sata sati
day д дана дан d dana dan
week н нед недеља недеље n ned nedelja nedelje nedelju
month мес месеца месеци месец mes meseca meseci mesec
year г год година године g god godina godine godinu
num један=1 једну=1 једног=1 два=2 две=2 jedan=1 jednu=1 jednog=1 dva=2 dve=2
few неколико пар nekoliko par
about око преко скоро oko preko skoro
under мање_од manje_od
now сада управо малопре sada upravo malopre
today данас danas
yesterday јуче juče
eve прекјуче prekjuče
months јануар/јан фебруар/феб март/мар април/апр мај јун јул август/авг септембар/сеп октобар/окт новембар/нов децембар/дец
months januar/jan februar/feb mart/mar april/apr maj jun jul avgust/avg septembar/sep oktobar/okt novembar/nov decembar/dec
days понедељак/пон уторак/уто среда/сре четвртак/чет петак/пет субота/суб недеља/нед
days ponedeljak/pon utorak/uto sreda/sre četvrtak/čet petak/pet subota/sub nedelja/ned
fill у г године год u g godine god
""",
    "hr": """
ago prije pre
sec sekunde sekundi sec sek s sekundu sekunda
min min minut minuta minute minutu
hour h sat sata sati
day d dan dana
week tjedan tjedna tjedana nedelja nedelju nedelje sedmica sedmicu sedmice tj sed sedm
month mesec meseca meseci mj mjesec mjeseca mjeseci
year god g godinu godine godina
num jedan=1 jednu=1 jednog=1 dva=2 dvije=2 dve=2 tri=3 četiri=4 pet=5 jedne=1
few nekoliko par
about oko otprilike skoro gotovo preko
under manje_od
now sada upravo_sada upravo malo_prije maloprije malopre prije_nekoliko_trenutaka
half prije_pola_sata pre_pola_sata
today danas
yesterday jučer juče
eve prekjučer prekjuče
months januar/januara/jan/siječnja/sij/siječanj februar/februara/feb/veljače/velj/veljača mart/marta/mar/ožujka/ožu/ožujak
months april/aprila/apr/travnja/tra/travanj maj/maja/svibnja/svi/svibanj jun/juna/juni/lipnja/lip/lipanj
months jul/jula/juli/srpnja/srp/srpanj avgust/avgusta/august/augusta/avg/aug/kolovoza/kol/kolovoz
months septembar/septembra/sep/rujna/ruj/rujan oktobar/oktobra/okt/listopada/lis/listopad
months novembar/novembra/nov/studenoga/stu/studeni decembar/decembra/dec/prosinca/pro/prosinac
days ponedeljak/ponedjeljak/pon utorak/uto sreda/srijeda/sri četvrtak/čet petak/pet subota/sub nedjelja/ned
fill u h g godine sati od objavljeno
edited uređeno izmijenjeno
""",
    "sl": """
ago pred
sec s sekundama sekundami sekundo sek sekund sekunda sekunde sekundi
min min minutama minutami minuto minut minuta minute minuti
hour h ur uri urami uro urama ura ure
day dnem dnevi dnevom dnevoma d dan dneva dni
week ted tedni tednom tednoma t teden tedna tednov
month mes mesecem mesecema meseci m mesec meseca mesecev
year leti letom letoma l let leto
num eno=1 enim=1 dvema=2 dvemi=2 tremi=3
few nekaj
about približno več_kot skoraj
under manj_kot
now zdaj pravkar ravnokar
today danes
yesterday včeraj
eve predvčerajšnjim
months januar/jan februar/feb marec/mar april/apr maj junij/jun julij/jul avgust/avg september/sep oktober/okt november/nov
months december/dec
days ponedeljek/pon torek/tor sreda/sre četrtek/čet petek/pet sobota/sob nedelja/ned
fill ob
""",
}
