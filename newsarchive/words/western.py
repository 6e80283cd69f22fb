"""The words of ages and dates in the languages of the west and south of Europe that are not Romance."""

from __future__ import annotations

TONGUES = {
    "en": """
ago ago earlier back
sec s sec secs second seconds
min m min mins minute minutes
hour h hr hrs hour hours
day d day days
week w wk wks week weeks
month mo mos mth mths month months
year y yr yrs year years
week2 fortnight
num a=1 an=1 one=1 two=2 three=3 four=4 five=5 six=6 seven=7 eight=8 nine=9 ten=10 eleven=11 twelve=12
few few a_few several some
couple couple a_couple couple_of a_couple_of
about about around almost nearly approximately approx circa roughly
over over more_than
under less_than under
now now just_now right_now moments_ago a_moment_ago seconds_ago less_than_a_minute_ago less_than_a_minute under_a_minute_ago
now less_than_5_seconds_ago less_than_10_seconds_ago less_than_20_seconds_ago half_a_minute_ago a_minute_or_less_ago
half half_an_hour_ago half_hour_ago half_an_hour
today today earlier_today this_morning this_afternoon this_evening
yesterday yesterday last_night
lastweek last_week
lastmonth last_month
lastyear last_year
months jan/january feb/february mar/march apr/april may jun/june jul/july aug/august sep/sept/september oct/october
months nov/november dec/december
days mon/monday tue/tues/tuesday wed/weds/wednesday thu/thur/thurs/thursday fri/friday sat/saturday sun/sunday
fill on at of the posted published written added commented submitted replied st nd rd th and hrs date time
edited edited updated modified
""",
    "de": """
ago vor her zuvor
sec sek s sekunde sekunden
min m min minute minuten
hour std stdn h stunde stunden
day t tg tagen tag tage
week wo wch w woche wochen
month mon mo mte monat monaten monate
year jahr jahren j jahre
num ein=1 eine=1 einem=1 einer=1 einen=1 zwei=2 drei=3 vier=4 fünf=5 sechs=6 sieben=7 acht=8 neun=9 zehn=10 elf=11 zwölf=12
few ein_paar einigen einige wenigen wenige mehreren mehrere
about etwa ungefähr ca circa rund knapp fast cirka gut über mehr_als
under weniger_als
now gerade_eben soeben jetzt eben gerade vor_kurzem vor_einem_moment vor_einem_augenblick weniger_als_einer_minute
now vor_weniger_als_einer_minute vor_einer_halben_minute
half vor_einer_halben_stunde halbe_stunde
today heute
yesterday gestern
eve vorgestern
lastweek letzte_woche
lastmonth letzten_monat
lastyear letztes_jahr
months januar/jan februar/feb märz/mär april/apr mai juni/jun juli/jul august/aug september/sept/sep oktober/okt
months november/nov dezember/dez
days montag/mo dienstag/di mittwoch/mi donnerstag/do freitag/fr samstag/sa sonntag/so
fill um uhr am den der vom von geschrieben verfasst veröffentlicht erstellt gepostet schrieb
edited bearbeitet editiert aktualisiert
""",
    "nl": """
ago geleden terug
sec sec s seconde seconden
min min m minuten minuut
hour u uur
day d dgn dg dag dagen
week wk w wkn week weken
month mnd m mnden maand maanden
year jr j jaar
num een=1 één=1 twee=2 drie=3 vier=4 vijf=5 zes=6 zeven=7 acht=8 negen=9 tien=10 'n=1
few enkele een_paar paar meerdere enige
about ongeveer circa ca bijna zo'n meer_dan ruim
under minder_dan
now nu net zojuist zonet daarnet zopas minder_dan_een_minuut_geleden een_moment_geleden
half een_half_uur_geleden half_uur_geleden
today vandaag
yesterday gisteren
eve eergisteren
lastweek vorige_week
lastmonth vorige_maand
lastyear vorig_jaar
months januari/jan februari/feb maart/mrt april/apr mei juni/jun juli/jul augustus/aug september/sep oktober/okt
months november/nov december/dec
days maandag/ma dinsdag/di woensdag/wo donderdag/do vrijdag/vr zaterdag/za zondag/zo
fill op om uur de geplaatst gepost geschreven van
edited bewerkt aangepast gewijzigd
""",
    "af": """
ago gelede
sec s sekonde sekondes
min min minute minuut
hour ure u uur
day dae dag
week w week weke
month maand maande md
year j jaar
num een=1 'n=1 twee=2 drie=3 vier=4 vyf=5 ses=6 sewe=7 agt=8 nege=9 tien=10
few paar enkele 'n_paar
about ongeveer omtrent
under minder_as
now nou nou_net so_pas
today vandag
yesterday gister
eve eergister
months januarie/jan februarie/feb maart/mrt april/apr mei junie/jun julie/jul augustus/aug september/sep oktober/okt
months november/nov desember/des
days maandag/ma dinsdag/di woensdag/wo donderdag/do vrydag/vr saterdag/sa sondag/so
fill om op
""",
    "ga": """
ago ó_shin
sec soicind soicindí shoicind
min nóim nóiméad nóiméid
hour uair uaire uaireanta huaire
day lá laethanta
week seachtain seachtaine seachtainí sheachtain
month mí mhí míonna
year bliain bliana mbliana bhliain
num aon=1 dhá=2 trí=3 ceithre=4 cúig=5 sé=6
few cúpla
about thart_ar timpeall
now anois
today inniu
yesterday inné
eve arú_inné
months eanáir/ean feabhra/feabh márta aibreán/aib bealtaine/beal meitheamh/meith iúil lúnasa/lún meán_fómhair/mfómh
months deireadh_fómhair/dfómh samhain/samh nollaig/noll
days luan máirt céadaoin/céad déardaoin/déar aoine satharn/sath domhnach/domh
fill an ar ag de dé
""",
    "cy": """
ago yn_ôl
sec eiliad eiliadau
min mun munud munudau
hour awr oriau
day diwrnod dydd diwrnodau ddiwrnod
week wythnos wythnosau
month mis misoedd
year blynedd blwyddyn flynedd
num un=1 dau=2 dwy=2 tri=3 tair=3 pedwar=4 pedair=4 pum=5 chwe=6
few ychydig
about tua
now nawr
today heddiw
yesterday ddoe
eve echdoe
months ionawr/ion chwefror/chwe mawrth/maw ebrill/ebr mai mehefin/meh gorffennaf/gor awst medi hydref/hyd tachwedd/tach
months rhagfyr/rhag
days llun mawrth mercher iau gwener sadwrn sul
fill am ar y o
""",
    "eu": """
ago duela
sec segundo s
min minutu min
hour ordu h
day egun
week aste
month hilabete
year urte
num bat=1 bi=2 hiru=3
few batzuk
about gutxi_gorabehera
under baino_gutxiago
now orain
today gaur
yesterday atzo
months urtarrila/urt otsaila/ots martxoa/mar apirila/api maiatza/mai ekaina/eka uztaila/uzt abuztua/abu iraila/ira urria/urr
months azaroa/aza abendua/abe
days astelehena/al asteartea/ar asteazkena/az osteguna/og ostirala/or larunbata/lr igandea/ig
order ymd
""",
    "sq": """
ago më_parë
sec sek sekonda sekondë
min min minuta minutë
hour orë
day ditë
week javë
month muaj
year vit vjet
num një=1 dy=2 tre=3
few disa
about rreth pothuajse mbi
under më_pak_se
now tani
today sot
yesterday dje
months janar/jan shkurt/shk mars/mar prill/pri maj qershor/qer korrik/korr gusht/gush shtator/sht tetor/tet nëntor/nën
months dhjetor/dhj
days e_hënë/hën e_martë/mar e_mërkurë/mër e_enjte/enj e_premte/pre e_shtunë/sht e_diel/die
am paradite p.d.
pm pasdite m.d.
fill më në ora e
""",
    "el": """
ago πριν πριν_από πριν_απο
sec δευτ δευτερόλεπτα δ δευτερόλεπτο
min λεπτά λεπτό λ λεπ
hour ώρες ώρα ώ ώρεσ
day μέρες μέρα ημέρες ημέρα ημ ημέρεσ
week εβδομάδες εβδομάδα εβδ εβδομάδεσ
month μήνες μήνα μήνας μ μήνεσ μήν μήνασ
year χρόνια χρόνο χρόνος έτη έτος έτοσ έτ
num ένα=1 έναν=1 μία=1 μια=1 δύο=2 τρία=3 τρεις=3 τέσσερα=4 πέντε=5 ένας=1
few λίγα λίγες λίγους μερικά μερικές μερικούς
about περίπου σχεδόν περισσότερο_από πάνω_από
under λιγότερο_από
now τώρα μόλις_τώρα πριν_λίγο πριν_από_λίγο πριν_από_λιγότερο_από_ένα_λεπτό
half πριν_μισή_ώρα
today σήμερα
yesterday χθες χτες εχθές
eve προχθές προχτές
months ιανουαρίου/ιαν/ιανουάριοσ φεβρουαρίου/φεβ/φεβρουάριοσ μαρτίου/μαρ/μάρτιοσ/μάρ απριλίου/απρ/απρίλιοσ
months μαΐου/μαΐ/μάιοσ/μάι ιουνίου/ιουν/ιούνιοσ/ιούν ιουλίου/ιουλ/ιούλιοσ/ιούλ αυγούστου/αυγ/αύγουστοσ/αύγ
months σεπτεμβρίου/σεπ/σεπτέμβριοσ οκτωβρίου/οκτ/οκτώβριοσ νοεμβρίου/νοε/νοέμβριοσ/νοέ δεκεμβρίου/δεκ/δεκέμβριοσ
days δευτέρα/δευ τρίτη/τρί τετάρτη/τετ πέμπτη/πέμ παρασκευή/παρ σάββατο/σάβ κυριακή/κυρ
am π.μ. πμ
pm μ.μ. μμ
fill στις στη στην την του της ώρα και δημοσιεύτηκε δημοσιεύθηκε
edited επεξεργασμένο
""",
}
