"""The words of ages and dates in the languages of Africa south of the Sahara."""

from __future__ import annotations

TONGUES = {
    "sn": """
ago yapfuura apfuura wapfuura rapfuura dzapfuura chapfuura rapera yapera apera wapera
sec sekondi masekondi
min miniti maminiti minitsi maminitsi
hour awa maawa
day zuva mazuva
week vhiki mavhiki svondo masvondo
month mwedzi
year gore makore
num imwe=1 rimwe=1 mumwe=1 maviri=2 miviri=2 matatu=3 mitatu=3 mana=4 mina=4 mashanu=5 mishanu=5 matanhatu=6 mitanhatu=6
num manomwe=7 minomwe=7 masere=8 misere=8 mapfumbamwe=9 mipfumbamwe=9 gumi=10
few mashoma mishoma
now izvozvi iko_zvino parizvino
today nhasi
yesterday nezuro
eve marimwezuro
lastyear gore_rapera
months january/ndira/ndi february/kukadzi/kuk march/kurume/kur april/kubvumbi/kub may/chivabvu/chv june/chikumi/chk
months july/chikunguru/chg august/nyamavhuvhu/nya september/gunyana/gun october/gumiguru/gum november/mbudzi/mbu
months december/zvita/zvi
days muvhuro/muv chipiri/chp chitatu/cht china/chn chishanu/chs mugovera/mug svondo/svo
fill musi wa
unitfirst yes
""",
    "nd": """
ago edlule eledlule ezedlule olwedlule odlule edluleyo eyedlule ezidlule ezidluleyo eledluleyo odluleyo esedlule
sec imizuzwana umzuzwana isekendi amasekendi
min imizuzu umzuzu
hour amahola ihola amahora ihora
day insuku izinsuku usuku ilanga amalanga
week amaviki iviki
month inyanga izinyanga
year iminyaka umnyaka
num elilodwa=1 olulodwa=1 eyodwa=1 owodwa=1 amabili=2 ezimbili=2 emibili=2 amathathu=3 ezintathu=3 emithathu=3 amane=4
num ezine=4 emihlanu=5 amahlanu=5 ezinhlanu=5
now khathesi khathesi_nje manje
today lamuhla lamhlanje namhla
yesterday izolo
eve kuthangi
months zibandlela/zib nhlolanja/nhlo mbimbitho/mbi mabasa/mab nkwenkwezi/nkw nhlangula/nhla ntulikazi/ntu ncwabakazi/ncw
months mpandula/mpan mfumfu/mfu lwezi/lwe mpalakazi/mpal
days mvulo/mvu sibili/sib sithathu/sit sine/sin sihlanu/sih mgqibelo/mgq sonto/son
fill ngo ngomhla
unitfirst yes
""",
    "zu": """
ago edlule eledlule ezedlule olwedlule odlule eyedlule owedlule elidlule ezidlule
sec amasekhondi isekhondi imizuzwana umzuzwana sec sekhondi
min amaminithi iminithi imizuzu umzuzu
hour amahora ihora emahoreni hora hr
day izinsuku usuku ezinsukwini osukwini
week amaviki iviki amasonto isonto evikini viki
month izinyanga inyanga nyanga
year iminyaka unyaka y
num elilodwa=1 olulodwa=1 amabili=2 ezimbili=2
now manje khona_manje
today namuhla namhlanje
yesterday izolo
eve kuthangi
months januwari/jan februwari/feb mashi/mas ephreli/eph meyi/mey juni/jun julayi/jul agasti/aga septhemba/sep okthoba/okt
months novemba/nov disemba/dis
days umsombuluko/mso ulwesibili/bil ulwesithathu/tha ulwesine/sin ulwesihlanu/hla umgqibelo/mgq isonto/son
fill ngo ngomhla angu ezingu olungu elingu ezi ama emi
unitfirst yes
""",
    "xh": """
ago edlulileyo eyadlulayo ezidlulileyo odlulileyo
sec imizuzwana umzuzwana
min imizuzu umzuzu
hour iiyure iyure
day iintsuku usuku
week iiveki iveki
month iinyanga inyanga
year iminyaka unyaka
now ngoku
today namhlanje
yesterday izolo
months janyuwari/jan februwari/feb matshi/mat epreli/epr meyi/mey juni/jun julayi/jul agasti/aga septemba/sept/sep
months okthobha/okt/okthoba novemba/nov disemba/dis
days mvulo/mvu lwesibini/lwesb/bin lwesithathu/tha lwesine/sin lwesihlanu/hla mgqibelo/mgq cawe/caw
unitfirst yes
""",
    "sw": """
ago iliyopita zilizopita uliopita yaliyopita lililopita kilichopita tokea
sec sekunde sek
min dakika dk
hour saa masaa
day siku
week wiki
month mwezi miezi
year mwaka miaka
num moja=1 mmoja=1 mbili=2 miwili=2 tatu=3 mitatu=3 nne=4 minne=4 tano=5 mitano=5 sita=6 saba=7 nane=8 minane=8 tisa=9
num kumi=10 limoja=1
few chache kadhaa
about takriban kama karibu
now sasa sasa_hivi hivi_sasa hivi_punde tokea_hivi_punde
today leo
yesterday jana
eve juzi
months januari/jan februari/feb machi/mac aprili/apr mei juni/jun julai/jul agosti/ago septemba/sep oktoba/okt novemba/nov
months desemba/des
days jumatatu jumanne jumatano alhamisi ijumaa jumamosi jumapili
fill tarehe mnamo saa
unitfirst yes
""",
    "ha": """
ago da_suka_gabata da_ya_gabata da_ta_gabata da_suka_wuce da_ta_wuce da_ya_wuce
sec dakika dakiku d daƙiƙa daƙiƙoƙi
min minti mintuna mintoci mnt
hour awa awanni s sa′a sa′o′i
day kwana kwanaki rana ranaku rnk
week mako makonni mk mkn
month wata watanni wat wtnn
year shekara shekaru shkr shkru
now yanzu
today yau
yesterday jiya
months janairu/jan faburairu/fab maris/mar afirilu/afi mayu/may yuni/yun yuli/yul agusta/agu satumba/sat oktoba/okt
months nuwamba/nuw disamba/dis
days litinin/lit talata/tal laraba/lar alhamis/alh jummaʼa/jum asabar/asa lahadi/lah
unitfirst yes
""",
    "yo": """
ago sẹ́yìn
sec ìṣ_àáy
min ìṣ
hour wkt
day ọj
week ọṣ
month oṣù
year ọdún ọd ọ̀dún
now nísinsìnyí
today òní
yesterday àná
months oṣù_ṣẹ́rẹ́ oṣù_èrèlè oṣù_ẹrẹ̀nà oṣù_ìgbé oṣù_ẹ̀bibi oṣù_òkúdu oṣù_agẹmọ oṣù_ògún oṣù_owewe oṣù_ọ̀wàrà oṣù_bélú
months oṣù_ọ̀pẹ̀
days ọjọ́_ajé/ajé ọjọ́_ìsẹ́gun/ìsẹ́gun ọjọ́rú ọjọ́bọ ọjọ́_ẹtì/ẹtì ọjọ́_àbámẹ́ta/àbámẹ́ta ọjọ́_àìkú/àìkú
""",
    "ig": """
ago gara_aga
sec s sekọnd
min min nkeji
hour awa ọtụtụ_awa
day n’ụbọchị ọtụtụ_ubochi
week wks ọtụtụ_izu
month mths ọnwa
year afọ y ọtụtụ_afọ
now ugbu_a
today taa
yesterday nnyaafụ
months jenụwarị/jen febrụwarị/feb maachị/maa epreel/epr mee jun/juu julaị/jul ọgọọst/ọgọ septemba/sep ọktoba/ọkt novemba/nov
months disemba/dis
days mọnde/mọn tiuzdee/tiu wenezdee/wen tọọzdee/tọọ fraịdee/fraị satọdee/sat sọndee/sọn
""",
}
