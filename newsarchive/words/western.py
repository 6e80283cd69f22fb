"""The words of ages and dates in the languages of Western and southern Europe."""

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
    "fr": """
ago il_y_a ya y_a
sec sec s seconde secondes
min min minute minutes
hour heure heures h
day j jrs jour jours
week sem semaine semaines
month m mois
year a an ans
num un=1 une=1 deux=2 trois=3 quatre=4 cinq=5 six=6 sept=7 huit=8 neuf=9 dix=10 d'un=1 d'une=1
few quelques plusieurs quelque
about environ près_de presque à_peu_près plus_de plus_d' plus_d plus
under moins_de moins_d'
now à_l'instant à_linstant maintenant à_présent il_y_a_un_instant il_y_a_quelques_instants il_y_a_peu
now il_y_a_moins_d'une_minute moins_d'une_minute
half il_y_a_une_demi-heure une_demi-heure
today aujourd'hui
yesterday hier
eve avant-hier
lastweek la_semaine_dernière semaine_dernière
lastmonth le_mois_dernier mois_dernier
lastyear l'année_dernière l'an_dernier
months janvier/janv février/févr mars avril/avr mai juin juillet/juil août septembre/sept octobre/oct novembre/nov
months décembre/déc
days lundi/lun mardi/mar mercredi/mer jeudi/jeu vendredi/ven samedi/sam dimanche/dim
fill le la les à au de du er publié publiée posté postée écrit envoyé vers
edited modifié édité modifiée mis_à_jour
""",
    "es": """
ago hace atrás
sec seg segs sg s segundo segundos
min mins min minuto minutos
hour hs hrs hr h hora horas
day dias d día días
week sem semana semanas
month m mes meses
year a año años
num un=1 una=1 uno=1 dos=2 tres=3 cuatro=4 cinco=5 seis=6 siete=7 ocho=8 nueve=9 diez=10
few unos unas algunos algunas varios varias pocos pocas
about aproximadamente alrededor_de casi cerca_de más_de más
under menos_de
now ahora ahora_mismo justo_ahora hace_un_momento hace_unos_instantes hace_un_instante recién hace_poco
now hace_menos_de_un_minuto
half hace_media_hora media_hora
today hoy
yesterday ayer
eve anteayer antier antes_de_ayer
lastweek la_semana_pasada
lastmonth el_mes_pasado
lastyear el_año_pasado
months enero/ene febrero/feb marzo/mar abril/abr mayo/may junio/jun julio/jul agosto/ago septiembre/sept/sep/set/setiembre
months octubre/oct noviembre/nov diciembre/dic
days lunes/lun martes/mar miércoles/mié jueves/jue viernes/vie sábado/sáb domingo/dom
fill el la las los a de del a_las a_la publicado publicada escrito enviado hrs horas hs º
edited editado editada actualizado modificado
""",
    "pt": """
ago há atrás faz ha
sec s seg segs segundo segundos
min mins m min minuto minutos
hour hr hrs h hora horas
day d dia dias
week sem semana semanas
month m mês meses
year ano anos
num um=1 uma=1 dois=2 duas=2 três=3 quatro=4 cinco=5 seis=6 sete=7 oito=8 nove=9 dez=10
few alguns algumas poucos poucas vários várias uns umas
about cerca_de aproximadamente quase perto_de mais_de mais
under menos_de
now agora agora_mesmo agora_há_pouco há_instantes há_pouco há_um_momento neste_momento há_menos_de_um_minuto
now menos_de_um_minuto_atrás
half há_meia_hora meia_hora_atrás
today hoje
yesterday ontem
eve anteontem
lastweek semana_passada na_semana_passada
lastmonth mês_passado no_mês_passado
lastyear ano_passado no_ano_passado
months janeiro/jan fevereiro/fev março/mar abril/abr maio/mai junho/jun julho/jul agosto/ago setembro/set outubro/out
months novembro/nov dezembro/dez
days segunda/segunda-feira/seg terça/terça-feira/ter quarta/quarta-feira/qua quinta/quinta-feira/qui sexta/sexta-feira/sex
days sábado/sáb domingo/dom
fill em o a as às os de do da no na publicado publicada postado enviado escrito horas hs º feira
edited editado editada atualizado modificado
""",
    "it": """
ago fa
sec sec s secondi secondo
min min minuti minuto
hour h ora ore
day gg g giorni giorno
week sett settimana settimane
month m mese mesi
year a anni anno
hour1 un'ora
year1 un'anno
num un=1 uno=1 una=1 due=2 tre=3 quattro=4 cinque=5 sei=6 sette=7 otto=8 nove=9 dieci=10
few qualche alcuni alcune pochi poche diversi diverse
about circa quasi più_di oltre
under meno_di
now ora adesso proprio_ora poco_fa un_attimo_fa un_momento_fa pochi_istanti_fa pochi_secondi_fa meno_di_un_minuto_fa
half mezz'ora_fa mezzora_fa
today oggi
yesterday ieri
eve l'altro_ieri altro_ieri
lastweek la_settimana_scorsa settimana_scorsa
lastmonth il_mese_scorso mese_scorso
lastyear l'anno_scorso anno_scorso
months gennaio/gen febbraio/feb marzo/mar aprile/apr maggio/mag giugno/giu luglio/lug agosto/ago settembre/set ottobre/ott
months novembre/nov dicembre/dic
days lunedì/lun martedì/mar mercoledì/mer giovedì/gio venerdì/ven sabato/sab domenica/dom
fill il lo la alle all' ore del di dell' pubblicato scritto inviato postato º dalle
edited modificato modificata aggiornato
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
    "ca": """
ago fa
sec s segon segons
min min minut minuts
hour h hora hores
day dia dies
week setm setmana setmanes
month mes mesos m
year any anys
num un=1 una=1 dos=2 dues=2 tres=3 quatre=4 cinc=5 d'un=1 d'una=1
few uns unes alguns algunes
about aproximadament gairebé més_de més_d'
under menys_de menys_d'
now ara ara_mateix fa_un_moment
today avui
yesterday ahir
eve abans-d'ahir
months de_gener/de_gen/gener/gen de_febrer/de_febr/febrer/febr de_març/març d’abril/d’abr/abril/abr de_maig/maig
months de_juny/juny de_juliol/de_jul/juliol/jul d’agost/d’ag/agost/ag de_setembre/de_set/setembre/set
months d’octubre/d’oct/octubre/oct de_novembre/de_nov/novembre/nov de_desembre/de_des/desembre/des
days dilluns/dl dimarts/dt dimecres/dc dijous/dj divendres/dv dissabte/ds diumenge/dg
fill el a les de del d' a_les publicat
edited editat
""",
    "gl": """
ago hai fai
sec s segundo segundos
min min minuto minutos
hour h hora horas
day día días
week sem semana semanas
month mes meses
year ano anos
num un=1 unha=1 dous=2 dúas=2 tres=3 dun=1 dunha=1
few uns unhas algúns
about arredor_de arredor máis_de case
under menos_de
now agora agora_mesmo
today hoxe
yesterday onte
months xaneiro/xan febreiro/feb marzo/mar abril/abr maio xuño xullo/xul agosto/ago setembro/set outubro/out novembro/nov
months decembro/dec
days luns martes/mar mércores/mér xoves/xov venres/ven sábado/sáb domingo/dom
fill o a ás de do en publicado
edited editado
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
    "ro": """
ago acum în_urmă
sec sec secunde secundă s
min min minute minut
hour h ore oră
day zile zi
week săptămâni săpt săptămână
month luni lună
year an ani
num un=1 o=1 una=1 doi=2 două=2 trei=3 patru=4 cinci=5 șase=6 zece=10
few câteva câțiva
about aproximativ circa aproape peste mai_mult_de
under mai_puțin_de
now chiar_acum tocmai_acum acum_câteva_momente acum_un_moment adineauri acum_mai_puțin_de_un_minut
half acum_jumătate_de_oră
today azi astăzi
yesterday ieri
eve alaltăieri
months ianuarie/ian februarie/feb martie/mar/mart aprilie/apr mai iunie/iun iulie/iul august/aug septembrie/sept
months octombrie/oct noiembrie/nov decembrie/dec
days luni/lun marți/mar miercuri/mie joi vineri/vin sâmbătă/sâm duminică/dum
fill la pe ora de din în publicat scris
edited editat modificat
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
