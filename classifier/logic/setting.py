"""Whether a claim and a passage speak of one country and one time: a rule of elsewhere or of earlier settles nothing.

Both are read by form alone, off the head of a sentence, or where a country is named by "ở" further on.
"""

import re
from functools import lru_cache

from classifier.evidence.retrieval import Passage
from classifier.factuality.attribution import LEFT, NEAR
from classifier.factuality.framing import READ
from classifier.orthography.spelling import plain
from classifier.text import words
from classifier.text.letters import GREAT, fold, is_syllable
from classifier.text.patterns import MARK, either, is_bare, listed, of

LONG_AGO = 1900  # a time that no passage speaks of
LONGEST_SHORT = 4  # letters of the longest name of a country that people, places or common words bear too

ABROAD = """campuchia, thái lan, trung quốc, đài loan, hồng kông, hong kong, macau, macao, nhật bản, hàn quốc,
    triều tiên, bắc hàn, nam hàn, bắc triều tiên, singapore, malaysia, indonesia, philippines, myanmar, miến điện,
    brunei, ấn độ, pakistan, bangladesh, nepal, bhutan, sri lanka, maldives, mông cổ, đông timor, timor leste,
    afghanistan, taliban, iran, iraq, ả rập xê út, ả rập saudi, saudi arabia, israel, palestine, thổ nhĩ kỳ, syria,
    jordan, jordani, lebanon, li băng, liban, yemen, oman, qatar, bahrain, kuwait, uae,
    các tiểu vương quốc ả rập thống nhất, cyprus, kazakhstan, uzbekistan, turkmenistan, tajikistan, kyrgyzstan, gruzia,
    georgia, armenia, azerbaijan, hoa kỳ, canada, quebec, mexico, cuba, cu ba, haiti, cộng hòa dominica, dominica,
    jamaica, bahamas, barbados, grenada, saint lucia, saint kitts và nevis, saint vincent và grenadines,
    antigua và barbuda, trinidad và tobago, puerto rico, guatemala, belize, honduras, el salvador, nicaragua,
    costa rica, panama, colombia, venezuela, guyana, suriname, ecuador, peru, bolivia, brazil, paraguay, uruguay,
    argentina, chile, australia, new zealand, papua new guinea, fiji, samoa, tonga, tuvalu, vanuatu, kiribati, nauru,
    palau, micronesia, quần đảo marshall, quần đảo solomon, liên xô, ukraine, ukraina, belarus, ba lan, hungary,
    hungari, cộng hòa séc, slovakia, slovenia, croatia, serbia, bosnia, montenegro, bắc macedonia, albania, kosovo,
    bulgaria, bungari, romania, rumani, moldova, estonia, latvia, litva, lithuania, đan mạch, na uy, nauy, thụy điển,
    thụy sĩ, phần lan, iceland, ireland, bắc ireland, scotland, xứ wales, wales, england, hà lan, luxembourg,
    liechtenstein, monaco, andorra, san marino, vatican, malta, tây ban nha, bồ đào nha, hy lạp, anh quốc,
    vương quốc anh, liên minh châu âu, châu âu, bắc âu, tây âu, đông âu, nam âu, châu phi, châu mỹ, mỹ la tinh,
    (?<!tập )trung đông, nam phi, ai cập(?! nhật), libya, tunisia, algeria, maroc, morocco, mauritania, mali, niger,
    nigeria, chad, sudan, nam sudan, ethiopia, eritrea, djibouti, somalia, kenya, uganda, rwanda, burundi, tanzania,
    congo, cộng hòa trung phi, cameroon, gabon, guinea bissau, guinea xích đạo, guinea, senegal, gambia, sierra leone,
    liberia, bờ biển ngà, ghana, togo, benin, burkina faso, cabo verde, sao tome, angola, oslo, dhaka, tehran, đài bắc,
    bình nhưỡng, manila, kabul, ankara, jakarta, yangon, texas, kuala lumpur, seoul, thượng hải, moscow, california,
    london, berlin, phnom penh, vientiane, viêng chăn, new delhi, sydney, dubai, canberra, melbourne, brisbane, houston,
    toronto, vancouver, tokyo, osaka, nagoya, busan, incheon, praha, zambia, zimbabwe, malawi, mozambique, namibia,
    botswana, eswatini, lesotho, madagascar, mauritius, seychelles, comoros, greenland, tây tạng, (?<!xã )quảng đông,
    (?<!xã )quảng tây, (?<!xã )vân nam, (?<!xã )nam kinh, tứ xuyên, phúc kiến, chiết giang, chiang mai, chiang rai,
    hoa lục, phnôm pênh, mã lai, phi luật tân, gia nã đại, tân tây lan, cao miên, tô cách lan, hương cảng,
    úc đại lợi, a phú hãn"""
# where states meet and sign too: "hiệp định Paris", "ký ở New York"
CITIES = """bắc kinh, bangkok, băng cốc, paris, new york, los angeles, chicago, boston, seattle, san francisco,
    san jose, washington, madrid, lisbon, vienna, warsaw, budapest, stockholm, copenhagen, helsinki, amsterdam,
    brussels, munich, frankfurt, hamburg, milan, barcelona, istanbul, mumbai, montreal, kyoto, fukuoka, hokkaido,
    kaohsiung, đài trung, cao hùng, thâm quyến, quảng châu, florida, virginia, oregon, arizona, nevada, minnesota,
    ontario, hawaii"""
# names that places of here bear too: with one of these behind it, "Quảng Châu, Sầm Sơn", such a place is meant
_LARGE = f"[A-Z{GREAT}][\\w’]*"
TWIN = re.compile(
    r"(?i:\b(quảng (?:châu|đông|tây)|cao hùng|nam dương|vân nam|nam kinh|đài trung))"
    rf", ({_LARGE} {_LARGE})(?=,| (?![A-Z{GREAT}]))"
)
SHORT = """nam dương, đại hàn, tích lan, ba tư,
    lào(?! cai| động), mỹ(?! (?:tho|đức|đình|lộc|hào|xuyên|sơn|phẩm|thuật|phước)), nga(?! (?:sơn|my)), úc,
    bỉ(?! ổi), nhật(?! (?:tân|ký|báo|trình)), séc, síp"""  # people and places bear them too
HOMONYMS = """anh(?! sơn), pháp(?! (?:luật|lý|vân)), đức(?! (?:hòa|huệ|trọng|linh|cơ|thọ|phổ|thắng)), áo,
    ý(?! (?:yên|kiến|nghĩa|thức))"""
SAME = (("mỹ", "hoa kỳ"), ("na uy", "nauy"), ("nhật", "nhật bản"), ("úc", "australia"),
        ("anh", "anh quốc", "vương quốc anh", "england"),
        ("cuba", "cu ba"), ("hàn quốc", "nam hàn"), ("triều tiên", "bắc hàn", "bắc triều tiên"),
        ("séc", "cộng hòa séc"), ("síp", "cyprus"), ("myanmar", "miến điện"), ("indonesia", "nam dương"),
        ("đông timor", "timor leste"), ("afghanistan", "taliban"), ("jordan", "jordani"),
        ("lebanon", "li băng", "liban"), ("ả rập xê út", "ả rập saudi", "saudi arabia"),
        ("uae", "các tiểu vương quốc ả rập thống nhất"),
        ("gruzia", "georgia"), ("ukraine", "ukraina"), ("hungary", "hungari"), ("bulgaria", "bungari"),
        ("romania", "rumani"), ("litva", "lithuania"), ("wales", "xứ wales"), ("maroc", "morocco"),
        ("malaysia", "mã lai"), ("philippines", "phi luật tân"), ("canada", "gia nã đại"),
        ("new zealand", "tân tây lan"), ("campuchia", "cao miên"), ("scotland", "tô cách lan"),
        ("hồng kông", "hong kong", "hương cảng"), ("bangkok", "băng cốc"),
        ("châu âu", "liên minh châu âu"))  # fmt: skip


_BETWEEN = r"\b(?:[^.;!?]|\.(?=\d)){0,80}?"
CHANGE = either(  # bare, "giam" and "ha" are other words too
    rf"\b(?:tăng|nâng|giảm|hạ|rút|điều chỉnh){_BETWEEN}\b(?:lên|xuống|còn|thành)\b[^.;!?]{{0,12}}?\d",
    rf"\b(?:tang|nang|rut|dieu chinh){_BETWEEN}\b(?:len|xuong|thanh)\b[^.;!?]{{0,12}}?\d",
)


def _any(*lists: str) -> str:
    """The names of lists, as one pattern."""
    return "|".join(listed(",".join(lists)))


def _unmistaken(pattern: str) -> str:
    """A pattern for what is typed bare, without the names that are other words there: "cụ bà", "ba lần", "ai cấp",
    "vẫn nằm" and "5 triệu tiền mặt"."""
    taken = r"cu ba|ba lan|ai cập\(.*?\)|ấn độ|mông cổ|\(\?<!xã \)(?:quảng tây|vân nam|nam kinh)"
    bare = re.sub(rf"\|(?:{taken})(?=\|)", "", pattern)
    return re.sub(r"\|\s*(?=triều tiên\|)", r"|(?<!\\d )", bare)


_SIGNED = "".join(rf"(?<!{word} )" for word in ("định", "tắc", "thuận", "lĩnh", "bố", "ước", "ngôn", "nghị", "ký ở"))
OF_US = r"nước (?:ta|mình)|(?:luật|hiến pháp|quốc hội) mình"
_CITIES = rf"{_SIGNED}(?:{_any(CITIES)})(?![^.;!?]*\b(?:việt nam|liên hợp quốc|lhq|{OF_US})\b)"
LANDS = f"{_any(ABROAD, SHORT, HOMONYMS)}|{_CITIES}"
_BARE_NAMES = re.sub(r"\(\?<?!.*?\)\)?", "", _any(ABROAD, SHORT, HOMONYMS))
NAMES = {fold(name): name for name in f"{_BARE_NAMES}|{_any(CITIES)}".split("|")}
TOWNS = frozenset(map(fold, listed(CITIES)))
# what people call a country behind "bên" alone: elsewhere these are other words
NICK = (
    r"sing|hàn(?! (?:the|điện|gắn|xì|huyên))|thái|đài(?! (?:truyền|phát|khí|vtv|hóa|tưởng))|mã"
    r"|phi(?! (?:chính|pháp|thương|lợi|công|quân))|cam(?! (?:kết|đoan))|miên"
    r"|tàu(?! (?:cá|hỏa|thủy|điện|du|ngầm))"
)
_AT = r"(?:ở|tại|bên) (?:nước |xứ |vương quốc |cộng hòa (?:dân chủ |liên bang |hồi giáo )?)?"
_BANG = r"bang (?!giao|hội|phái|chủ|trưởng)\w{2,20}"
COMPARED = "".join(rf"(?<!{word} )" for word in ("như", "hơn", "với", "khác", "khác gì", "khác chi", "giống"))


def _there(land: str) -> str:
    """A place elsewhere at the head of what is said."""
    return (
        rf"{MARK}(?:theo )?(?:luật )?(?:{_AT}({LANDS})|bên ({NICK})|(?:(?:ở|tại|bên) )?({land}))\b"
        rf"|{MARK}(?:(?:ở|tại|bên) )?(xứ (?:khác|người ta|người|tây)|trời tây)\b"
        rf"|{MARK}(?:ở|tại|bên) (nước (?:ngoài|người(?: ta)?)|(?:các nước )?phương tây(?=,| (?:thì|họ|dân|người)\b)"
        r"|(?:một |các |nhiều )?(?:nước|quốc gia) (?:khác|láng giềng))\b"
        rf"|{MARK}(?:(?:ở|tại|bên) )?nước (?:tôi|mình|em|tớ|chúng tôi) (?:\(|là )({LANDS})\b"
    )


# without diacritics "bang" may be "bằng"
THERE = either(_there(rf"(?:tiểu )?{_BANG}"), _there(rf"tiểu {_BANG}"))
# a country named further on is where all of it is said of, unless it is only compared with
WITHIN = either(
    *(rf"{COMPARED}(?:\b(?:{_AT}|theo luật )|\()({LANDS}|{state}{_BANG})\b" for state in ("(?:tiểu )?", "tiểu "))
)
# who tells of where he lives: "Chị em ở Úc kể"
TOLD_OF = either(rf"{MARK}(?:\w+ ){{1,4}}?(?:ở|bên|tại) ({LANDS}) (?:kể|khoe|nhắn|nói|viết|than|gọi về)\b")
_TILL_NOW = r"(?:(?:cho )?(?:đến|tới|hiện) (?:nay|giờ|bây giờ) )?"
# behind a short name that is a state's: what states do
STATES = (
    rf"(?=,(?! \d)| {_TILL_NOW}(?:(?:đã|đang|sẽ|vừa|mới|chưa|không|vẫn|cũng|từng) ){{0,3}}(?:quy định|cấm"
    r"|cho(?! biết| hay)|phê chuẩn|gia nhập|ký|rút|ban hành|thông qua|công nhận|áp dụng|bỏ|có|là|trừng phạt|tài trợ"
    r"|tấn công|tử hình|bắt|xử|phạt|trục xuất|xóa|miễn|buộc|hạ|nâng|tăng|giảm)\b)"
)
# behind a name that people and common words bear too, what only a state does
LAWS = (
    rf"(?= {_TILL_NOW}(?:(?:đã|đang|sẽ|vừa|mới|chưa|không|vẫn|cũng) ){{0,2}}(?:quy định"
    r"|cấm|phê chuẩn|gia nhập|ban hành|thông qua|áp dụng"
    r"|công nhận|trục xuất|hợp pháp hóa)\b)"
)
_STATE = rf"{MARK}(?:(?:nhà )?nước |luật |chính phủ |chính quyền )?({_any(ABROAD)}|{_CITIES})\b"
_NEIGHBOUR = rf"{MARK}(?:một |các |nhiều )?((?:nước|quốc gia) láng giềng)\b"
SUBJECT = either(
    rf"{_STATE}|{MARK}(?:nước |luật )({_any(SHORT)})\b|{MARK}({_any(SHORT)}){STATES}|{_NEIGHBOUR}"
    rf"|{MARK}({_any(SHORT)}|pháp|đức|áo)(?= ?:)|{MARK}({_any(HOMONYMS)}){LAWS}",
    _unmistaken(f"{_STATE}|{_NEIGHBOUR}"),
)
_OF = (
    "nước|luật|người|(?:du học|thực tập) sinh|dân|của|ở|bên|tại|từ|về|qua|sang|chính phủ|chính quyền|quốc hội|hiến pháp"
)
_NAMED = rf"\b(?:{_any(ABROAD)}|eu|phương tây)\b"
# a short name counts where it is a state's: "của Đức", "Mỹ thì khác"
NAMED = either(
    rf"{_NAMED}|\b(?:{_OF}) ({_any(SHORT, HOMONYMS)})\b"
    rf"|{MARK}({_any(SHORT)})(?=,| (?:thì|là|có|không|chưa|cũng|lại|đã|khác|cho|cấm|mãi|chỉ|mới|còn|vẫn|phê chuẩn)\b)"
    rf"|{MARK}({_any(SHORT, HOMONYMS)})(?=: (?:\d|mười\b|từ\b|dưới\b))",  # an item of a list by states
    _unmistaken(rf"{_NAMED}|\b(?:{_OF}) ({_any(SHORT)})\b"),
)
# a land of its own name, as satire makes them up: "Quốc hội nước Gà Vịt", but not what this one is called, in jest too
# or of a place or a water in it: "bến xe Nước Ngầm", "hồ Nước Trong"
OURS_BY_NAME = frozenset(listed(
    "ta, mình, nhà, việt, vn, cộng, xã, dân, nam, đại, an, đông, lừa, vẹm, thiên, nghệ, thanh, quảng, lạng, huế, đoài,"
    "mường, dừa, bắc, trung, này, tôi, tui, tao, em, chúng, con, cha, mẹ, tổ, rồng, tiên, bạn, họ, người, trong, ngầm,"
    "mặn, ngọt, nóng, lạnh, xanh, đen, đục, hai, oa, sạch, mắt, đổ, kinh, côn, phú, lý"
))  # fmt: skip
_RULED = r"(?:quốc hội|chính phủ|bộ luật|hiến pháp|vua|hoàng đế|thủ tướng|tổng thống)"
INVENTED = re.compile(
    rf"(?:^[^\w]*(?:(?:tại|ở|bên|theo) )?(?:luật )?(?:nước(?! mắm\b)|vương quốc)|\btòa án(?: của)? (?:nước|vương quốc)"
    rf"|\b{_RULED}(?: của)? (?:nước|xứ|vương quốc|cộng hòa|đảo)) (\w+)",
    re.IGNORECASE,
)
# where somebody is, by a name that isn't written as names here are: "Ở Okinawa, …"; not a firm, a page or a short form
AT_NAME = re.compile(
    r"[^\w]*(?i:ở|tại|bên|o|tai|ben) (?:(?i:đảo|bang|tỉnh|thành phố|vùng|thủ đô|thị trấn|xứ) )?"
    rf"({_LARGE}(?: (?:de |la |el |al )?{_LARGE}){{0,3}})\b"
)
# … nor one in the highlands here
OURS_BY_SPELLING = frozenset(listed(
    "vietnam, saigon, hanoi, danang, dalat, nhatrang, haiphong, cantho, vungtau, dongnai, binhduong, phuquoc, pleiku,"
    "plei, kon, kontum, daklak, dak, ea, ia, chu, cu, buon, krong, bu, da, po, to, kbang, don, cuor,"
    "facebook, tiktok, youtube, zalo, google, telegram, twitter, instagram, threads, internet, online, web, app"
))  # fmt: skip
HERE = either(r"\b(?:việt nam|nước ta|nước mình)\b")
# where somebody is or what rules there; a house, a shop and a firm are called by cities too
CITY = either(
    rf"{COMPARED}\b(?:ở|tại|bên|từ|qua|sang|của|dân|người|luật|tòa|bang|thành phố|chính quyền) (?:{_CITIES})\b"
    rf"|^[^\w]*(?:{_CITIES})\b"
)
OF_NATIONS = either(
    rf"\b(?:việt nam|{OF_US}|tuyên ngôn|công ước|hiến chương|nghị định thư|hiệp (?:ước|định)|liên hợp quốc|lhq|mở ký"
    r"|ký)\b"
)
OURS = either(rf"\b(?:việt nam|{OF_US}|người việt|việt kiều|kiều bào|sứ quán|lãnh sự)\b")
NATIONS = either(r"\b(?:nước (?:này|khác|ngoài)|(?:mọi|các|những|nhiều|tất cả|\d+) nước|quốc gia|thế giới)\b")
_STAYED = r"\b(?:vẫn|(?<!không )còn|chưa)\b"
_PART = (
    r"(?:(đầu|hồi|tết)|(giữa|(?:mùa )?hè)|(cuối)|nửa (?:(đầu)|(cuối))"
    r"|quý (?:(1|i|một)|(2|ii|hai)|(3|iii|ba)|(4|iv|bốn)))"
)
_MONTHS = (1, 5, 9, 1, 7, 1, 4, 7, 10)  # in which these begin, at the latest
# times that are over
THEN = either(
    rf"{MARK}(?:theo )?(?:luật cũ\b|(?:dưới |vào |hồi )?(?:thời|thuở) (?:pháp thuộc|phong kiến|bao cấp|thực dân|xưa"
    r"|ông bà|ông cha|cha ông|bố mẹ|cha mẹ|ba má|trước|vua|chúa|nhà|chiến tranh|đó|ấy)\b"
    r"|(?:ngày|hồi|dạo) (?:xưa|trước|đó|ấy)\b|xưa kia\b|trước (?:kia|đây)\b"
    r"|(?:ngày|hồi|lúc|khi) (?:(?:nước|nước nhà|đất nước) )?(?:mới|vừa) (?:thống nhất|giải phóng|độc lập|lập nước)\b"
    r"|(?:hồi|khi|lúc|ngày) (?:chưa (?:sửa|đổi|có) (?:bộ )?luật|(?:bộ )?luật (?:cũ|chưa sửa|chưa đổi))\b(?! sư)"
    r"|thời (?:đinh|lê|lý|trần|nguyễn)\b|trước (?:đợt|lần|khi) sửa\b"
    r"|(?:vào |từ |trong |đến |tới )?(?:khi|lúc) (?:đó|ấy)\b|bấy giờ\b|trước (?:ngày |thời điểm )?(?:đó|ấy)\b"
    r"|(?:(?:dưới |vào |hồi )?thời )?(?:việt nam (?:dân chủ )?cộng hòa|vnch)\b"
    r"|dưới triều\b|(?:(?:thời|nhà) )?triều (?:đại |nhà )?(?:nguyễn|trần|lê|lý|đinh|hồ|mạc|đình)\b"
    r"|bộ (?:dân luật|luật (?:hồng đức|gia long))\b|luật hồng đức\b"
    rf"|(?:(?:(?:đầu|giữa|cuối|hồi|tết|hè) )?năm (?:ngoái|kia)|\w+ năm (?:về )?trước)\b(?=[^.;]*{_STAYED})"
    r"|trước khi (?:có|sửa|đổi|bỏ) (?:bộ )?luật\b"
    r"|trước đổi mới\b|cách đây \w+ năm\b|(?:vào )?(?:những năm|thập niên|thập kỷ) (?:19[0-9]\d|\d0)\b)"
)
YEAR = either(
    rf"{MARK}(?:(?:(theo luật cũ|hồi)|vào|đến|tới|tính đến|cho đến) )?(?:(trước)(?: năm| ngày| tháng)?|năm|(hồi)"
    r"|(?:giữa|từ)(?: năm)?(?= (?:19|20)\d\d (?:và|đến|tới) (?:(?:đầu|giữa|cuối|hết|năm) )*(?:19|20)\d\d\b))"
    r" (?:\d{1,2}(?:[/.-]| năm )){0,2}(1[5-9]\d\d|20\d\d)\b"
)
# what is set against an earlier time is of now
NOW = either(
    *(
        rf"(?:[,;.]|\b(?:còn|nhưng|mà|thì|đến|tới)) ?(?:(?:nay|(?:bây )?giờ)\b|hiện {now})"
        for now in ("(?!đại|hành|vật|trường|thực)", "(?:nay|tại)")  # "Hiến pháp"
    )
)
STILL = either(r"\d|\b(?:vẫn|cũng|chưa)\b")  # "nay vẫn vậy"; "nay đã bỏ" says nothing of its own
# a rule's own years, told one by one: "năm 2025 là 61 tuổi"; the year of a law's name is none
YEARS = re.compile(r"\bnăm ((?:19|20)\d\d) (?:là|có|còn|thì|chỉ)\b|\bvào năm ((?:19|20)\d\d)\b", re.IGNORECASE)
# a year further on: "lương năm 2017", "lương từ 1/1/2017"
OF_YEAR = re.compile(r"\b(?:năm|từ(?: ngày)?) (?:\d{1,2}/){0,2}((?:19|20)\d\d)\b", re.IGNORECASE)
# what was so before a day, told at the end or before what was so; not what is to be done by then, or since before it
_GROUP = "".join(rf"(?<!\b{word} )" for word in ("từ", "đóng", "sinh", "vào", "ký", "cấp", "dùng", "tuyển", "làm"))
BEFORE = either(
    rf"(?!.*\b(?:phải|hạn|chậm nhất|xong|kịp|kể cả|nếu)\b).*{_GROUP}\btrước (?:(?:ngày|tháng|năm) )?"
    r"(?:(?:(\d{1,2})[/.-])?(\d{1,2})[/.-])?((?:19|20)\d\d)"
    r"(?=[^\w]*$|,(?! \d)| (?:thì|không|chưa|chỉ|được|mới|bị|có|cấm|là)\b| (?:\w+ ){1,4}(?:chưa|không)\b)"
)
# … or what still was so until the end of a month or year: "cho tới hết tháng 6/2025 vẫn còn …"
UNTIL = either(
    rf"{MARK}(?:cho )?(?:mãi )?(?:đến|tới) (?:hết|cuối) (?:ngày |tháng |năm )?"
    r"(?:(?:(\d{1,2})[/.-])?(\d{1,2})[/.-])?((?:19|20)\d\d)\b[^.;!?]*\b(?:vẫn|còn|chưa)\b"
)
# … or what is told of a month or day at its head: "tháng 5/2025 chỉ được phạt tới …"
IN_MONTH = either(
    rf"{MARK}(?:(?:vào|trong|hồi|(?:cho |mãi )?(?:đến|tới)(?: tận)?) )?(?:(?:đầu|giữa|cuối) )?"
    r"(?:ngày (\d{1,2})[/.-]|tháng )(\d{1,2})(?:[/.-]| năm )((?:19|20)\d\d)\b"
)
# … or of a part of a year at its head, or still was so in one, or in a year, further on: "sổ giấy cuối năm 2022 vẫn …";
# not the year of a law's name, nor of who is so by it
OF_PART = either(
    rf"{MARK}(?:(?:vào|trong|hồi|khoảng) )?{_PART}(?: năm |/| )((?:19|20)\d\d)"
    rf"\b(?! (?:trở|đến|tới)\b)"
)
_NAMED = (
    r"luật|hiến pháp|pháp lệnh|nghị (?:định|quyết)|thông tư|công ước|nghị định thư|hiệp định|khóa|phải|kỳ|hạn|sinh"
    r"|đóng|ký|cấp|tuyển|mua|cưới|nếu|ai|người"
)
STAYED_IN = either(
    rf"(?=.*{_STAYED})(?!.*\b(?:{_NAMED})\b[^,.;]{{0,60}}\b(?:19|20)\d\d\b)(?!(?:.*\b(?:19|20)\d\d\b){{2}})"
    rf".*?(?<!\btừ )(?<!\bkể )(?<!\btrước )(?<!\bsau )\b(?:{_PART}(?: năm|/)?|hồi|năm|lúc|thời điểm|khoảng|nhớ lại)"
    r"[ /]((?:19|20)\d\d)\b(?! (?:trở|đến|tới)\b)"
)
# … or was so until it was done away with: "chuyện đó có thật, tới năm 2013 thì bỏ"
ENDED = either(
    r"^.*\b(?:đến|tới|mãi|sang) (?:(?:ngày|tháng|năm) )?(?:(?:(\d{1,2})[/.-])?(\d{1,2})[/.-])?((?:19|20)\d\d)"
    r" (?:(?:thì|mới|là|đã|bị|được) ){1,3}(?:bỏ|thôi|hết|xóa|bãi bỏ|dẹp|chấm dứt|gỡ)\b"
)
# … or what was asked for or due of who did a thing then: "ai nghỉ hưu năm 2023 thì phải có 20 năm"
DONE_IN = either(
    rf"{MARK}(?:[^\s,.;:!?]+ ){{0,6}}?(?:nghỉ hưu|về hưu|nghỉ việc|nghỉ đẻ|nghỉ sinh|nghỉ thai sản|sinh con|kết hôn"
    r"|cưới|ly hôn|đi bầu|đi lính|nhập ngũ|bị (?:bắt|giam|giữ|phạt|xử))(?: (?:hồi|vào|trong))?(?: năm)? ((?:19|20)\d\d)"
    r" (?!(?:thì )?(?:không|chưa|hết|mất)\b)(?:thì|phải|chỉ|mới|được)\b"  # who then did may still be denied a thing
)
# what is told of a year holds further on, or the year is of a law's name
GOES_ON = either(
    r"\b(?:vẫn|cũng|dần|mãi)\b|\b(?:tới|đến)\b(?! (?:(?:hết|cuối|năm|ngày|tháng|trước) )*[\d/.-]*(?:19|20)\d\d\b)"
    r"|\b(?:luật|hiến pháp|pháp lệnh)\b[^,.;]{0,60}\b(?:19|20)\d\d\b"
)
NOT_YET = either(r"\b(?:chưa|không|chẳng)\b")
EVENT = re.compile(  # a passage that tells when a thing was done
    r"\b(?:ký|phê chuẩn|gia nhập|xem xét|bầu|trở thành|lập|qua) [^.;]{0,200}(?<!từ )"
    r"\b(?:ngày|tháng|năm) (?:\d{1,2}/){0,2}(?:1[5-9]\d\d|20\d\d)\b",
    re.IGNORECASE,
)


def apart(claim: str, passage: Passage) -> bool:
    """Whether a claim says of another country, or of an earlier time, what a passage doesn't speak of, or a passage
    of another country that the claim doesn't name.

    A year parts a claim from a rule that holds since later or tells of other years, not from news or an event: there
    the year may be what is false, unless the claim says that a thing was not yet so.
    """
    place, year, before = _setting(claim)
    abroad = _place(passage.text[:NEAR])
    if abroad not in ("", place) and not (
        _names(claim, abroad) or of(NATIONS, claim).search(claim) or HERE[0].search(passage.text)
    ):
        return True
    if not (place or year):
        return passage.kind in ("law", "fact") and (_of_earlier_year(claim, passage.text) or _of_before(claim, passage))
    if (place, year, before) == _setting(passage.text[:READ]):
        return False
    if place and not _names(f"{passage.source} {passage.text}", place):
        return True
    if not year or str(year - before) in passage.text:
        return False
    since = passage.valid_from or passage.date
    if before:
        return not since or since >= str(year)
    if passage.kind not in ("law", "fact"):
        return False
    if EVENT.search(passage.text) and not of(NOT_YET, claim).search(claim):
        return False
    told = {one or two for one, two in YEARS.findall(passage.text)}
    return since > f"{year}-12-31" or len(told) > 1


def _of_earlier_year(claim: str, rule: str) -> bool:
    """Whether a rule tells of its years one by one, and a claim of one before them all, and not of now."""
    told = {one or two for one, two in YEARS.findall(rule)}
    found = OF_YEAR.findall(claim) if len(told) > 1 else []
    return bool(found) and max(found) < min(told) and not any(of(one, claim).search(claim) for one in (NOW, GOES_ON))


def _of_before(claim: str, rule: Passage) -> bool:
    """Whether a claim tells, further on than at its head, of what was so before a day not later than a rule's first, or
    until it was done away with or the end of a month or year before it; or at its head of a month before it, or of who
    did a thing in a year before it."""
    said = plain(claim)
    if _of_part(said, rule):
        return True
    before, *others = (of(one, said).match(said) for one in (BEFORE, UNTIL, ENDED, IN_MONTH, DONE_IN))
    found = next(filter(None, (before, *others)), None)
    if not found or of(NOW, said).search(said) or (EVENT.search(rule.text) and not of(NOT_YET, said).search(said)):
        return False
    day = "-".join(part.zfill(2) for part in reversed(found.groups()) if part)
    if not before:  # its last day
        day += "-12-31"[len(day) - 4 :]
    return day <= (rule.valid_from or rule.date)


def _of_part(said: str, rule: Passage) -> bool:
    """Whether a claim tells of a part of a year, or of what still was so in one or in a year, before a rule's first day
    was over."""
    found = next(filter(None, (of(one, said).match(said) for one in (OF_PART, STAYED_IN))), None)
    if not found or _of_now(said) or (EVENT.search(rule.text) and not of(NOT_YET, said).search(said)):
        return False
    *parts, year = found.groups()
    month = next((month for month, part in zip(_MONTHS, parts, strict=True) if part), 12)
    return f"{year}-{month:02}-01" < (rule.valid_from or rule.date)


def changes(claim: str) -> bool:
    """Whether a normalised claim tells of a number that is newly another: a law from before doesn't refute it."""
    return bool(of(CHANGE, claim).search(claim[:READ]))


def _names(text: str, place: str) -> bool:
    """Whether a text names a country, by any of its names; a short one, that is a common word too, by its capital."""
    name = NAMES.get(place, place)
    names = next((same for same in SAME if name in same), (name,))
    typed = fold if is_bare(text) else str
    return any(
        re.search(rf"\b{typed(name).capitalize()}\b", text)
        if len(name) <= LONGEST_SHORT
        else f" {fold(name)} " in _folded(text)
        for name in names
    )


@lru_cache(maxsize=256)
def _folded(text: str) -> str:
    return f" {' '.join(words(fold(text)))} "


@lru_cache(maxsize=4_096)  # asked for each passage of a claim
def _place(said: str) -> str:
    """The country at the head of what is said; "" for here."""
    found = of(THERE, said).match(said, 0, NEAR)
    if not found and not of(HERE, said).search(said):
        found = of(SUBJECT, said).match(said, 0, NEAR)
    where = fold(next(filter(None, found.groups()), "")) if found else ""
    if found and len(where) <= LONGEST_SHORT and said[found.end() :].lstrip(" ")[:1].isupper():
        return ""  # a place or a person: "Ở Đức Thắng", "Nga My"
    return where


def _within(said: str, typed: str) -> str:
    """The country that a text says to be in further on, where it doesn't speak of here; a short name, or a state of a
    union, by its capital, which a reading may only have guessed."""
    if of(OURS, said).search(said):
        return ""
    if told := of(TOLD_OF, said).match(said, 0, NEAR):
        return fold(told[1])
    for found in of(WITHIN, said).finditer(said):
        name, rest = found[1], said[found.end() :].lstrip(" ")
        if fold(name) in TOWNS and of(OF_NATIONS, said).search(said):
            continue
        large = name.split()[-1][0].isupper() and name in typed and not rest[:1].isupper()
        if large or (len(name) > LONGEST_SHORT and "bang " not in name.lower()):
            return fold(name)
    return ""


def place(sentence: str) -> str:
    """The country that a normalised sentence speaks of; "" for here."""
    return _anywhere(sentence, sentence)


def _anywhere(said: str, typed: str) -> str:
    """The country that a text speaks of, as it is meant and as it is typed; "" for here."""
    said = _untwinned(said)
    return _place(said) or _within(said, typed) or _invented(said) or _strange(said)


def _untwinned(said: str) -> str:
    """A text without the names of elsewhere that are places of a place here: "Ở Quảng Châu, Sầm Sơn"."""
    return TWIN.sub(lambda found: found[0] if fold(found[2]) in NAMES else f"xã, {found[2]}", said)


def _invented(said: str) -> str:
    """A land of its own name that is no country, in which satire plays; "" for none."""
    found = None if said.istitle() or of(OURS, said).search(said) else INVENTED.search(said)
    return fold(found[1]) if found and found[1].istitle() and found[1].lower() not in OURS_BY_NAME else ""


def _strange(said: str) -> str:
    """A place at the head of a sentence whose name holds what is no syllable here; "" for none."""
    found = None if said.istitle() or said.isupper() else AT_NAME.match(said)
    names = re.findall(r"\w+", found[1]) if found and not of(OURS, said).search(said) else []
    if any(not name.isascii() or name.isupper() or name.lower() in OURS_BY_SPELLING for name in names):
        return ""
    strange = (name for name in names if name.isalpha() and len(name) >= LONGEST_SHORT and not is_syllable(name))
    return next(map(fold, strange), "")


def names_abroad(sentence: str) -> bool:
    """Whether a normalised sentence names another country anywhere."""
    sentence = _untwinned(sentence)
    found = of(NAMED, sentence).finditer(sentence)
    of_city = of(CITY, sentence).search(sentence) and not of(OF_NATIONS, sentence).search(sentence)
    if of_city or _invented(sentence) or _strange(sentence):
        return True
    return any((short := next(filter(None, one.groups()), "")) == "" or short[0].isupper() for one in found)


def is_over(sentence: str) -> bool:
    """Whether a normalised sentence tells of a time that is over, and not of now."""
    return _setting(sentence)[2]


def year(sentence: str) -> int:
    """The year that a normalised sentence says it is of; 0 for none."""
    return _setting(sentence)[1]


def _of_now(said: str) -> bool:
    """Whether a text sets against an earlier time what it says of now."""
    now = of(NOW, said).search(said)
    rest = said[now.end() :] if now else ""
    return len(rest.split()) >= LEFT or bool(of(STILL, rest).search(rest))


@lru_cache(maxsize=256)  # asked for each passage of a claim
def _setting(claim: str) -> tuple[str, int, bool]:
    """The country that a claim speaks of, its year, and whether what was before that is spoken of as over; "" and 0 for
    here and now."""
    said = plain(claim)
    where = _anywhere(said, claim)
    if _of_now(said):
        return where, 0, False
    if dated := of(YEAR, said).match(said, 0, NEAR):
        old, before, once, year = dated.groups()
        over = bool(old or before or once)
        return where, int(year) + (over and not before), over
    return (where, LONG_AGO, True) if of(THEN, said).match(said, 0, NEAR) else (where, 0, False)
