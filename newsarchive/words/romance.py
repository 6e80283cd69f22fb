"""The words of ages and dates in the Romance languages."""

from __future__ import annotations

TONGUES = {
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
}
