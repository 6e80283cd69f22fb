"""The words of ages and dates in the languages of East and South-East Asia."""

from __future__ import annotations

TONGUES = {
    "zh": """
ago 前 以前 之前
sec 秒 秒钟 秒鐘
min 分钟 分鐘 分
hour 小时 小時 个小时 個小時 钟头
day 天 日
week 周 週 星期 个星期 個星期 礼拜 個禮拜 个礼拜
month 个月 個月 月 箇月
year 年
num 一=1 两=2 兩=2 二=2 三=3 四=4 五=5 六=6 七=7 八=8 九=9 十=10
few 几 幾 数 數 若干
about 约 約 大约 大約 近 超过 超過 多
under 不到 少于 少於
now 刚刚 剛剛 刚才 剛才 现在 現在 方才
half 半小时前 半小時前 半个小时前 半個小時前
today 今天 今日
yesterday 昨天 昨日
eve 前天
lastweek 上周 上週
lastmonth 上个月 上個月
lastyear 去年
months 一月/1月 二月/2月 三月/3月 四月/4月 五月/5月 六月/6月 七月/7月 八月/8月 九月/9月 十月/10月 十一月/11月 十二月/12月
days 星期一/周一/週一 星期二/周二/週二 星期三/周三/週三 星期四/周四/週四 星期五/周五/週五 星期六/周六/週六
days 周天/星期天/週天/星期日/周日/週日
am 上午 凌晨 早上 清晨 早晨
pm 下午 晚上 傍晚 中午
fill 年 日 号 號 于 於 在 发表 發表 发布 發布 发表于 發表於 发布于 發布於 时 時 发 来自
edited 已编辑 已編輯 编辑过 編輯過
order ymd
""",
    "ja": """
ago 前 まえ
sec 秒
min 分
hour 時間
day 日
week 週間 週
month か月 ヶ月 カ月 ヵ月 ケ月 箇月 ゕ月 月
year 年
num 一=1 二=2 三=3 四=4 五=5 六=6 七=7 八=8 九=9 十=10
few 数
about 約 およそ 以上
under 未満
now たった今 今 ついさっき さっき たったいま すこし前 少し前
half 半時間前
today 今日 本日 きょう
yesterday 昨日 きのう
eve 一昨日 おととい
lastweek 先週
lastmonth 先月
lastyear 去年 昨年
months 1月 2月 3月 4月 5月 6月 7月 8月 9月 10月 11月 12月
days 月/月曜日 火/火曜日 水/水曜日 木/木曜日 金/金曜日 土/土曜日 日/日曜日
am 午前
pm 午後
fill 年 日 に の 投稿 時 頃
edited 編集済み 編集済
order ymd
""",
    "ko": """
ago 전 전에
sec 초
min 분
hour 시간
day 일
week 주 주일
month 개월 달 월
year 년 해
day1 하루
num 한=1 두=2 세=3 네=4
few 몇
about 약 대략 이상
under 미만
now 방금 방금_전 지금 조금_전 조금전
today 오늘
yesterday 어제
eve 그저께 그제
lastweek 지난주
lastmonth 지난달
lastyear 작년
months 1월 2월 3월 4월 5월 6월 7월 8월 9월 10월 11월 12월
days 월/월요일 화/화요일 수/수요일 목/목요일 금/금요일 토/토요일 일/일요일
am 오전
pm 오후
fill 년 일 시 작성 등록 에
edited 수정됨
order ymd
""",
    "vi": """
ago trước cách_đây
sec giây
min phút
hour tiếng giờ
day ngày
week tuần
month tháng
year năm
num một=1 hai=2 ba=3 bốn=4
few vài một_vài mấy
about khoảng gần hơn
under dưới
now vừa_xong bây_giờ mới_đây vừa_mới ngay_bây_giờ
half nửa_giờ_trước nửa_tiếng_trước
today hôm_nay
yesterday hôm_qua
eve hôm_kia
lastweek tuần_trước
lastmonth tháng_trước
lastyear năm_ngoái
months tháng_một/thg_1/tháng_1 tháng_hai/thg_2/tháng_2 tháng_ba/thg_3/tháng_3 tháng_tư/thg_4/tháng_4 tháng_năm/thg_5/tháng_5
months tháng_sáu/thg_6/tháng_6 tháng_bảy/thg_7/tháng_7 tháng_tám/thg_8/tháng_8 tháng_chín/thg_9/tháng_9
months tháng_mười/thg_10/tháng_10 tháng_mười_một/thg_11/tháng_11 tháng_mười_hai/thg_12/tháng_12
days t_2/thứ_hai/th_2 t_3/thứ_ba/th_3 t_4/thứ_tư/th_4 t_5/thứ_năm/th_5 t_6/thứ_sáu/th_6 t_7/thứ_bảy/th_7 chủ_nhật/cn
am sa
pm ch
fill ngày năm lúc vào giờ
edited đã_chỉnh_sửa
""",
    "th": """
ago ที่แล้ว ที่ผ่านมา ก่อน เมื่อ มาแล้ว ก่อนหน้านี้
sec วินาที วิ
min นาที
hour ชั่วโมง ชม ช.ม.
day วัน
week สัปดาห์ อาทิตย์
month เดือน
year ปี
num หนึ่ง=1 สอง=2 สาม=3
few ไม่กี่
about ประมาณ เกือบ มากกว่า
under น้อยกว่า
now เมื่อสักครู่ ตอนนี้ เมื่อกี้ เมื่อครู่ ขณะนี้ เมื่อสักครู่นี้
today วันนี้
yesterday เมื่อวาน เมื่อวานนี้
eve เมื่อวานซืน
months มกราคม/ม.ค กุมภาพันธ์/ก.พ มีนาคม/มี.ค เมษายน/เม.ย พฤษภาคม/พ.ค มิถุนายน/มิ.ย กรกฎาคม/ก.ค สิงหาคม/ส.ค กันยายน/ก.ย
months ตุลาคม/ต.ค พฤศจิกายน/พ.ย ธันวาคม/ธ.ค
days วันจันทร์/จ วันอังคาร/อ วันพุธ/พ วันพฤหัสที่/วันพฤหัส/วันพฤหัสบดี/พฤ วันศุกร์/ศ วันเสาร์/ส วันอาทิตย์/อา
fill เวลา โพสต์เมื่อ
datefill วันที่ น. น พ.ศ. ค.ศ. ที่
edited แก้ไขแล้ว
""",
    "lo": """
ago ກ່ອນ ຜ່ານມາ
sec ວິ ວິນາທີ
min ນທ ນາທີ
hour ຊມ ຊົ່ວໂມງ
day ມື້
week ອທ ອາທິດ
month ດ ເດືອນ
year ປີ
few ບໍ່ເທົ່າໃດ
now ຕອນນີ້
today ມື້ນີ້
yesterday ມື້ວານ
months ມັງກອນ/ມ.ກ ກຸມພາ/ກ.ພ ມີນາ/ມ.ນ ເມສາ/ມ.ສ ພຶດສະພາ/ພ.ພ ມິຖຸນາ/ມິ.ຖ ກໍລະກົດ/ກ.ລ ສິງຫາ/ສ.ຫ ກັນຍາ/ກ.ຍ ຕຸລາ/ຕ.ລ ພະຈິກ/ພ.ຈ
months ທັນວາ/ທ.ວ
days ວັນຈັນ/ຈັນ ວັນອັງຄານ/ອັງຄານ ວັນພຸດ/ພຸດ ວັນພະຫັດ/ພະຫັດ ວັນສຸກ/ສຸກ ວັນເສົາ/ເສົາ ວັນອາທິດ/ອາທິດ
""",
    "km": """
ago មុន
sec វិនាទី
min នាទី
hour ម៉ោង
day ថ្ងៃ
week សប្ដាហ៍
month ខែ
year ឆ្នាំ
num មួយ=1
few ប៉ុន្មាន
about ប្រហែល
under តិចជាង
now ឥឡូវនេះ
today ថ្ងៃនេះ
yesterday ម្សិលមិញ
months មករា កុម្ភៈ មីនា មេសា ឧសភា មិថុនា កក្កដា សីហា កញ្ញា តុលា វិច្ឆិកា ធ្នូ
days ច័ន្ទ/ចន្ទ អង្គារ ពុធ ព្រហស្បតិ៍/ព្រហ សុក្រ សៅរ៍ អាទិត្យ
""",
    "my": """
ago ပြီးခဲ့သည့် အကြာက လွန်ခဲ့သော
sec စက္ကန့် sec
min မိနစ်
hour နာရီ
day ရက်
week ပတ်
month လ
year နှစ်
num တစ်=1
now ယခု
today ယနေ့
yesterday မနေ့က
months ဇန်နဝါရီ/ဇန် ဖေဖော်ဝါရီ/ဖေ မတ် ဧပြီ/ဧ မေ ဇွန် ဇူလိုင်/ဇူ ဩဂုတ်/ဩ စက်တင်ဘာ/စက် အောက်တိုဘာ/အောက် နိုဝင်ဘာ/နို
months ဒီဇင်ဘာ/ဒီ
days တနင်္လာ အင်္ဂါ ဗုဒ္ဓဟူး ကြာသပတေး သောကြာ စနေ တနင်္ဂနွေ
fill က
""",
    "id": """
ago lalu yang_lalu
sec dtk detik
min mnt menit
hour jam j
day hari hr h
week minggu mgg mg
month bulan bln
year tahun thn th
day1 sehari
hour1 sejam
min1 semenit
month1 sebulan
week1 seminggu
year1 setahun
num satu=1 se=1 dua=2 tiga=3 empat=4 lima=5
few beberapa
about sekitar kira-kira hampir lebih_dari
under kurang_dari
now baru_saja sekarang barusan beberapa_saat_yang_lalu beberapa_saat_lalu
half setengah_jam_yang_lalu setengah_jam_lalu
today hari_ini
yesterday kemarin
eve kemarin_lusa
lastweek minggu_lalu
lastmonth bulan_lalu
lastyear tahun_lalu
months januari/jan februari/feb maret/mar april/apr mei juni/jun juli/jul agustus/agu september/sep oktober/okt november/nov
months desember/des
days senin/sen selasa/sel rabu/rab kamis/kam jum'at/jumat/jum sabtu/sab minggu/min
fill pukul jam pada tanggal wib wita wit
edited diedit disunting
""",
    "ms": """
ago lalu yang_lalu lepas yang_lepas
sec saat
min minit min
hour jam j
day hari
week minggu mgu
month bulan bln
year tahun thn
day1 sehari
hour1 sejam
min1 seminit
month1 sebulan
week1 seminggu
year1 setahun
num satu=1 dua=2 tiga=3 empat=4
few beberapa
about kira-kira lebih_kurang hampir
under kurang_dari
now sekarang baru_sahaja sebentar_tadi tadi
today hari_ini
yesterday semalam kelmarin
lastweek minggu_lepas
lastmonth bulan_lepas
lastyear tahun_lepas
months januari/jan februari/feb mac april/apr mei jun julai/jul ogos/ogo/ogs september/sep oktober/okt november/nov
months disember/dis
days isnin/isn selasa/sel rabu/rab khamis/kha jumaat/jum sabtu/sab ahad/ahd
am pg pagi
pm ptg petang malam
fill pada jam pukul
""",
    "fil": """
ago nakalipas ang_nakalipas nakaraan ang_nakaraan
sec seg segundo
min min minuto
hour oras
day araw
week linggo
month buwan
year taon
num isang=1 dalawang=2 tatlong=3 apat_na=4 limang=5
few ilang
about mga
now ngayon ngayon_lang
today ngayong_araw
yesterday kahapon
months enero/ene pebrero/peb marso/mar abril/abr mayo/may hunyo/hun hulyo/hul agosto/ago setyembre/set oktubre/okt
months nobyembre/nob disyembre/dis
days lunes/lun martes/mar miyerkules/miy huwebes/huw biyernes/biy sabado/sab linggo/lin
fill noong nang ng na
order mdy
""",
}
