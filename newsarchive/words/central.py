"""The words of ages and dates in the languages of Turkey, the Caucasus and Central Asia."""

from __future__ import annotations

TONGUES = {
    "tr": """
ago önce evvel
sec sn s saniye
min dk dakika
hour sa saat
day g gün
week hf hafta
month ay
year y yıl sene yıldan
num bir=1 iki=2 üç=3 dört=4 beş=5 altı=6 yedi=7 sekiz=8 dokuz=9 on=10
few birkaç bir_kaç
about yaklaşık neredeyse fazla
now şimdi az_önce şu_anda şu_an biraz_önce demin bir_dakikadan_az_önce
half yarım_saat_önce
today bugün
yesterday dün
eve evvelsi_gün önceki_gün
lastweek geçen_hafta
lastmonth geçen_ay
lastyear geçen_yıl geçen_sene
months ocak/oca şubat/şub mart/mar nisan/nis mayıs/may haziran/haz temmuz/tem ağustos/ağu eylül/eyl ekim/eki kasım/kas
months aralık/ara
days pazartesi/pzt salı/sal çarşamba/çar perşembe/per cuma/cum cumartesi/cmt pazar/paz
am öö
pm ös
fill saat tarihinde de da te ta
edited düzenlendi
""",
    "az": """
ago əvvəl öncə
sec saniyə san
min dəqiqə dəq
hour saat
day gün
week həftə hft
month ay
year il
num bir=1 iki=2 üç=3
few bir_neçə
about təxminən
now indi indicə bir_dəqiqədən_az_əvvəl bir_neçə_saniyə_əvvəl
today bu_gün bugün
yesterday dünən
months yanvar/yan fevral/fev mart/mar aprel/apr may iyun/iyn iyul/iyl avqust/avq sentyabr/sen oktyabr/okt noyabr/noy
months dekabr/dek
days bazar_ertəsi/b.e çərşənbə_axşamı/ç.a çərşənbə/ç cümə_axşamı/c.a cümə şənbə/ş bazar
fill saat
""",
    "kk": """
ago бұрын
sec сек секунд с
min мин минут
hour сағ сағат
day күн
week ап апта
month ай
year ж жыл
num бір=1
few бірнеше
about шамамен
now қазір
today бүгін
yesterday кеше
months қаңтар/қаң ақпан/ақп наурыз/нау сәуір/сәу мамыр/мам маусым/мау шілде/шіл тамыз/там қыркүйек/қыр қазан/қаз қараша/қар
months желтоқсан/жел
days дүйсенбі/дс сейсенбі/сс сәрсенбі/ср бейсенбі/бс жұма/жм сенбі/сб жексенбі/жс
fill ж
""",
    "uz": """
ago oldin avval
sec soniya son
min daqiqa daq
hour soat
day kun
week hafta
month oy
year yil
num bir=1
now hozir
today bugun
yesterday kecha
months yanvar/yan fevral/fev mart/mar aprel/apr may iyun/iyn iyul/iyl avgust/avg sentabr/sen oktabr/okt noyabr/noy
months dekabr/dek
days dushanba/dush seshanba/sesh chorshanba/chor payshanba/pay juma/jum shanba/shan yakshanba/yak
fill soat
""",
    "mn": """
ago өмнө
sec сек секундын секунд
min мин минутын минут
hour ц цагийн цаг
day өдөр хоногийн өдрийн хоног
week 7_хоногийн долоо_хоногийн д.х долоо_хоног
month сарын сар
year жилийн жил
now дөнгөж_сая
today өнөөдөр
yesterday өчигдөр
months 1_р_сарын/1_сарын/нэгдүгээр_сар/1-р_сар 2_р_сарын/2_сарын/хоёрдугаар_сар/2-р_сар
months 3_р_сарын/3_сарын/гуравдугаар_сар/3-р_сар 4_р_сарын/4_сарын/дөрөвдүгээр_сар/4-р_сар
months 5_р_сарын/5_сарын/тавдугаар_сар/5-р_сар 6_р_сарын/6_сарын/зургаадугаар_сар/6-р_сар
months 7_р_сарын/7_сарын/долоодугаар_сар/7-р_сар 8_р_сарын/8_сарын/наймдугаар_сар/8-р_сар
months 9_р_сарын/9_сарын/есдүгээр_сар/9-р_сар 10_р_сарын/10_сарын/аравдугаар_сар/10-р_сар
months 11_р_сарын/11_сарын/арван_нэгдүгээр_сар/11-р_сар 12_р_сарын/12_сарын/арван_хоёрдугаар_сар/12-р_сар
days даваа/да мягмар/мя лхагва/лх пүрэв/пү баасан/ба бямба/бя ням/ня
fill оны
order ymd
""",
    "ka": """
ago წინ
sec წამის წმ წამი
min წთ წუთის წუთი
hour საათის სთ საათი
day დღის დღე
week კვ კვირის კვირა კვრ
month თვის თვე
year წლის წ წელი
num ერთი=1 ორი=2
few რამდენიმე
about დაახლოებით
now ახლა
today დღეს
yesterday გუშინ
months იანვარი/იან თებერვალი/თებ მარტი/მარ აპრილი/აპრ მაისი/მაი ივნისი/ივნ ივლისი/ივლ აგვისტო/აგვ სექტემბერი/სექ
months ოქტომბერი/ოქტ ნოემბერი/ნოე დეკემბერი/დეკ
days ორშაბათი/ორშ სამშაბათი/სამ ოთხშაბათი/ოთხ ხუთშაბათი/ხუთ პარასკევი/პარ შაბათი/შაბ კვირა/კვი
""",
    "hy": """
ago առաջ
sec վ վայրկյան վրկ
min ր րոպե
hour ժ ժամ
day օր
week շաբ շաբաթ
month ամիս ամս
year տ տարի
num մեկ=1 երկու=2
now հիմա
today այսօր
yesterday երեկ
months հունվարի/հնվ/հունվար փետրվարի/փտվ/փետրվար մարտի/մրտ/մարտ ապրիլի/ապր/ապրիլ մայիսի/մյս/մայիս հունիսի/հնս/հունիս
months հուլիսի/հլս/հուլիս օգոստոսի/օգս/օգոստոս սեպտեմբերի/սեպ/սեպտեմբեր հոկտեմբերի/հոկ/հոկտեմբեր նոյեմբերի/նոյ/նոյեմբեր
months դեկտեմբերի/դեկ/դեկտեմբեր
days երկուշաբթի/երկ երեքշաբթի/երք չորեքշաբթի/չրք հինգշաբթի/հնգ ուրբաթ/ուր շաբաթ/շբթ կիրակի/կիր
fill թ ժամը
""",
}
