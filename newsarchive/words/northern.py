"""The words of ages and dates in the languages of the north of Europe and its Uralic languages."""

from __future__ import annotations

TONGUES = {
    "sv": """
ago sedan för
sec s sek s_sen sekund sekunder
min min m min_sen minut minuter
hour h tim t timme timmar
day d dag dagar dygn
week v vecka veckor
month mån mån_sen månad månader
year å år år_sen
num en=1 ett=1 två=2 tre=3 fyra=4 fem=5 sex=6 sju=7 åtta=8 nio=9 tio=10 elva=11 tolv=12
few några ett_par flera
about ungefär cirka ca omkring nästan drygt mer_än över
under mindre_än
now nu just_nu nyss alldeles_nyss precis för_ett_ögonblick_sedan mindre_än_en_minut_sedan
half för_en_halvtimme_sedan en_halvtimme_sedan
today idag i_dag
yesterday igår i_går
eve i_förrgår förrgår
lastweek förra_veckan
lastmonth förra_månaden
lastyear förra_året i_fjol
months januari/jan februari/feb mars april/apr maj juni juli augusti/aug september/sep oktober/okt november/nov december/dec
days måndag/mån tisdag/tis onsdag/ons torsdag/tors fredag/fre lördag/lör söndag/sön
fill kl klockan den på publicerad publicerat skrev skrivet av
edited redigerad redigerat ändrad
order ymd
""",
    "da": """
ago siden for
sec s sek sekund sekunder
min min m minut minutter
hour t h timer time
day d dag dage døgn
week u uge uger
month md mdr måned måneder
year år
num en=1 et=1 to=2 tre=3 fire=4 fem=5 seks=6 syv=7 otte=8 ni=9 ti=10
few få nogle et_par flere
about cirka ca omkring næsten over mere_end omtrent
under mindre_end
now nu lige_nu netop_nu for_et_øjeblik_siden for_lidt_siden for_mindre_end_et_minut_siden mindre_end_et_minut_siden
half for_en_halv_time_siden en_halv_time_siden
today i_dag idag
yesterday i_går igår
eve i_forgårs forgårs
lastweek i_sidste_uge sidste_uge
lastmonth sidste_måned
lastyear sidste_år
months januar/jan februar/feb marts/mar april/apr maj juni/jun juli/jul august/aug september/sep oktober/okt november/nov
months december/dec
days mandag/man tir/tirsdag/tirs onsdag/ons tor/torsdag/tors fredag/fre lørdag/lør søndag/søn
fill kl klokken den d på skrevet
edited redigeret
""",
    "nb": """
ago siden for
sec s sek sekund sekunder
min min m minutt minutter
hour t h time timer
day d dag dager døgn
week u uke uker
month mnd måned måneder md
year år
num en=1 ett=1 et=1 to=2 tre=3 fire=4 fem=5 seks=6 sju=7 syv=7 åtte=8 ni=9 ti=10
few noen få et_par flere
about omtrent cirka ca rundt nesten over mer_enn
under mindre_enn
now nå akkurat_nå nettopp for_et_øyeblikk_siden nylig for_mindre_enn_ett_minutt_siden mindre_enn_ett_minutt_siden
half for_en_halvtime_siden
today i_dag idag
yesterday i_går igår
eve i_forgårs forgårs
lastweek forrige_uke
lastmonth forrige_måned
lastyear i_fjor
months januar/jan februar/feb mars/mar april/apr mai juni/jun juli/jul august/aug september/sep oktober/okt november/nov
months desember/des
days mandag/man ti/tirsdag/tir onsdag/ons torsdag/tor fredag/fre lørdag/lør søndag/søn
fill kl klokken klokka den på skrevet publisert
edited redigert
""",
    "nn": """
ago sidan for
sec sek sekund s
min min minutt
hour t timar time
day dag dagar d døgn
week v veke veker
month md månad månadar
year år
num ein=1 ei=1 eit=1 to=2 eitt=1 tre=3 fire=4 fem=5 seks=6 sju=7 åtte=8 ni=9 ti=10
few nokre
about omtrent nesten over meir_enn
under mindre_enn
now nett_no
today i_dag
yesterday i_går
months januar/jan februar/feb mars/mar april/apr mai juni/jun juli/jul august/aug september/sep oktober/okt november/nov
months desember/des
days måndag/må/mån tysdag/ty/tys onsdag/on/ons torsdag/to/tor fredag/fr/fre laurdag/la/lau søndag/sø/søn
fill kl den
""",
    "is": """
ago fyrir síðan
sec sek sekúndu sekúndum sekúnda sekúndur
min mín mínútu mínútum mínúta mínútur
hour klst klukkustund klukkustundum klukkustundir
day degi dögum dagar dagur
week viku vikum vika vikur
month mán mánuði mánuðum mánuðir mánuður
year ári árum ár
num einni=1 einum=1 einu=1 tveimur=2 þremur=3 ein=1 einn=1 eitt=1
few nokkrum
about u.þ.b. meira_en
under minna_en
now núna rétt_í_þessu
today í_dag
yesterday í_gær
months janúar/jan febrúar/feb mars/mar apríl/apr maí júní/jún júlí/júl ágúst/ágú september/sep október/okt nóvember/nóv
months desember/des
days mánudagur/mán þriðjudagur/þri miðvikudagur/mið fimmtudagur/fim föstudagur/fös laugardagur/lau sunnudagur/sun
fill kl klukkan
""",
    "fi": """
ago sitten
sec s sek sekuntia sekunnin sekunti
min min minuutin minuutti minuuttia
hour t h tunnin tunti tuntia
day pv päivä pvä d päivän päivää
week vk vko viikon viikko viikkoa
month kk kuukauden kuukausi kuukautta
year v vuoden vuosi vuotta
num yksi=1 kaksi=2 kolme=3 neljä=4 viisi=5 kuusi=6 seitsemän=7 kahdeksan=8 yhdeksän=9 kymmenen=10
few muutama muutamia useita muutaman
about noin melkein lähes yli
now nyt juuri_nyt juuri äsken hetki_sitten juuri_äsken alle_minuutti_sitten
half puoli_tuntia_sitten
today tänään
yesterday eilen
eve toissapäivänä
lastweek viime_viikolla
lastmonth viime_kuussa
lastyear viime_vuonna
months tammikuuta/tammi/tammikuu helmikuuta/helmi/helmikuu maaliskuuta/maalis/maaliskuu huhtikuuta/huhti/huhtikuu
months toukokuuta/touko/toukokuu kesäkuuta/kesä/kesäkuu heinäkuuta/heinä/heinäkuu elokuuta/elo/elokuu syyskuuta/syys/syyskuu
months lokakuuta/loka/lokakuu marraskuuta/marras/marraskuu joulukuuta/joulu/joulukuu
days maanantaina/ma/maanantai tiistaina/ti/tiistai keskiviikkona/ke/keskiviikko torstaina/to/torstai
days perjantaina/pe/perjantai lauantaina/la/lauantai sunnuntai/su
fill klo kello kirjoitti julkaistu
edited muokattu
""",
    "et": """
ago tagasi eest
sec sekundit sekund s sek sekundi
min minutit minut min minuti
hour tundi tund t tunni
day päeva päev p ööpäev ööpäeva
week nädalat nädal näd nädala
month kuud kuu k
year aastat aasta a
num üks=1 ühe=1 kaks=2 kolm=3
few mõni paar mõne
about umbes peaaegu üle aega
under vähem_kui
now praegu just_nüüd äsja hetk_tagasi nüüd
today täna
yesterday eile
eve üleeile
months jaanuar/jaan veebruar/veebr märts aprill/apr mai juuni juuli august/aug september/sept oktoober/okt november/nov
months detsember/dets
days esmaspäev teisipäev kolmapäev neljapäev reede laupäev pühapäev
fill kell
""",
    "lv": """
ago pirms
sec sekundes sekundēm s sek sekunde sekunžu
min min minūtes minūtēm minūte minūšu
hour h st stundas stundām stunda stundu
day d dienas dienām diena dienu
week ned nedēļas nedēļām nedēļa nedēļu
month mēn mēneša mēnešiem mēnesis mēneši mēnešu
year g gada gadiem gadi gads gadu
num vienas=1 viena=1 vienu=1 divām=2 diviem=2
few dažām dažiem
about apmēram vairāk_par gandrīz
under mazāk_par
now tikko tagad nupat
today šodien
yesterday vakar
eve aizvakar
months janvāris/janv februāris/febr marts aprīlis/apr maijs jūnijs/jūn jūlijs/jūl augusts/aug septembris/sept oktobris/okt
months novembris/nov decembris/dec
days pirmdiena/pirmd otrdiena/otrd trešdiena/trešd ceturtdiena/ceturtd piektdiena/piektd sestdiena/sestd svētdiena/svētd
fill plkst gada pulksten
""",
    "lt": """
ago prieš
sec s sek sekundes sekundės sekundę sekundžių sekundė
min min minutes minutės minutę minučių minutė
hour val valandas valandos valandą valandų valanda
day d dienas dienos dieną dienų diena
week sav savaites savaitės savaitę savaičių savaitė
month mėn mėnesio mėnesius mėnesių mėnesį mėnesiai mėnuo
year m metus metų metai
num vieną=1
few kelias kelis
about apie beveik daugiau_nei
under mažiau_nei
now dabar ką_tik
today šiandien
yesterday vakar
eve užvakar
months sausio/saus/sausis vasario/vas/vasaris kovo/kov/kovas balandžio/bal/balandis gegužės/geg/gegužė
months birželio/birž/birželis liepos/liep/liepa rugpjūčio/rugp/rugpjūtis rugsėjo/rugs/rugsėjis spalio/spal/spalis
months lapkričio/lapkr/lapkritis gruodžio/gruod/gruodis
days pirmadienis/pr antradienis/an trečiadienis/tr ketvirtadienis/kt penktadienis/pn šeštadienis/št sekmadienis/sk
fill d m val
order ymd
""",
    "hu": """
ago ezelőtt
sec mp másodperce másodperccel másodperc m.perce
min p perce perccel perc
hour ó ora órája órával óra
day napja nappal nap n
week hete héttel hét
month hónapja hónappal hónap hó
year éve évvel év
day! napja
hour! órája
min! perce
month! hónapja
sec! másodperce
week! hete
year! éve
num egy=1 két=2 kettő=2 három=3 négy=4 öt=5 hat=6 hét=7 nyolc=8 kilenc=9 tíz=10
few néhány pár
about kb körülbelül majdnem több_mint
under kevesebb_mint
now most épp_most éppen_most az_imént pillanatokkal_ezelőtt kevesebb_mint_egy_perce
half fél_órája félórája
today ma
yesterday tegnap
eve tegnapelőtt
lastweek múlt_héten
lastmonth múlt_hónapban
lastyear tavaly
months január/jan február/febr március/márc április/ápr május/máj június/jún július/júl augusztus/aug szeptember/szept
months október/okt november/nov december/dec
days hét/hétfő kedd sze/szerda csüt/csütörtök/cs pén/péntek szo/szombat vas/vasárnap
am de
pm du
fill kor én án a az
edited szerkesztve módosítva
order ymd
""",
}
