"""Which country a text speaks of.

It is read by form alone, off the head of a sentence, or where a country is named by "ở" further on.
"""

import re
from functools import lru_cache

from classifier.factuality.attribution import NEAR
from classifier.text import words
from classifier.text.letters import GREAT, fold, is_syllable
from classifier.text.patterns import MARK, either, is_bare, listed

LONGEST_SHORT = 4  # letters of the longest name of a country that people, places or common words bear too

ABROAD = """campuchia, thái lan, trung quốc, đài loan, hồng kông, hong kong, macau, macao, nhật bản, hàn quốc,
    triều tiên, bắc hàn, nam hàn, bắc triều tiên, singapore, malaysia, indonesia, philippines, myanmar, miến điện,
    brunei, ấn độ, pakistan, bangladesh, nepal, bhutan, sri lanka, maldives, mông cổ, đông timor, timor leste,
    afghanistan, taliban, iran, iraq, ả rập xê út, ả rập saudi, saudi arabia, israel, palestine, thổ nhĩ kỳ, syria,
    (?<!số )ả rập, jordan, jordani, lebanon, li băng, liban, yemen, oman, qatar, bahrain, kuwait, uae,
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
        ("lebanon", "li băng", "liban"), ("ả rập xê út", "ả rập saudi", "saudi arabia", "ả rập"),
        ("uae", "các tiểu vương quốc ả rập thống nhất"),
        ("gruzia", "georgia"), ("ukraine", "ukraina"), ("hungary", "hungari"), ("bulgaria", "bungari"),
        ("romania", "rumani"), ("litva", "lithuania"), ("wales", "xứ wales"), ("maroc", "morocco"),
        ("malaysia", "mã lai"), ("philippines", "phi luật tân"), ("canada", "gia nã đại"),
        ("new zealand", "tân tây lan"), ("campuchia", "cao miên"), ("scotland", "tô cách lan"),
        ("hồng kông", "hong kong", "hương cảng"), ("bangkok", "băng cốc"),
        ("châu âu", "liên minh châu âu"))  # fmt: skip


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
# … nor one in the highlands here, nor a page, a works, a shop or a bank that people go to here
OURS_BY_SPELLING = frozenset(listed(
    "vietnam, saigon, hanoi, danang, dalat, nhatrang, haiphong, cantho, vungtau, dongnai, binhduong, phuquoc, pleiku,"
    "plei, kon, kontum, daklak, dak, ea, ia, chu, cu, buon, krong, bu, da, po, to, kbang, don, cuor,"
    "facebook, tiktok, youtube, zalo, google, telegram, twitter, instagram, threads, internet, online, web, app,"
    "samsung, formosa, pouyuen, pouchen, foxconn, goertek, luxshare, canon, honda, toyota, hyundai, yamaha, panasonic,"
    "nike, adidas, puma, intel, bosch, nestle, unilever, heineken, grab, shopee, lazada, vinfast, vingroup, vinmart,"
    "winmart, viettel, vinaphone, mobifone, vietcombank, techcombank, agribank, sacombank, vietjet, petrolimex,"
    "vinamilk, masan, aeon, lotte, coopmart"
))  # fmt: skip
HERE = either(r"\b(?:việt nam|nước ta|nước mình)\b")
# where somebody is or what rules there; a house, a shop and a firm are called by cities too
CITY = either(
    rf"{COMPARED}\b(?:ở|tại|bên|từ|qua|sang|của|dân|người|luật|tòa|bang|thành phố|chính quyền) (?:{_CITIES})\b"
    rf"|^[^\w]*(?:{_CITIES})\b"
)
OF_NATIONS = either(
    rf"\b(?:việt nam|{OF_US}|tuyên ngôn|công ước|hiến chương|nghị định thư|hiệp (?:ước|định)|liên hợp quốc|lhq"
    r"|ký)\b"
)
SOME_LAND = either(r"^ *(?:ở )?(?:có|vài|một vài|một số|không ít) nước\b")
OURS = either(rf"\b(?:việt nam|{OF_US}|người việt|việt kiều|kiều bào|sứ quán|lãnh sự)\b")


def is_named(text: str, place: str) -> bool:
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
def at_head(said: str) -> str:
    """The country at the head of what is said; "" for here."""
    found = THERE.match(said, 0, NEAR)
    if not found and not HERE.search(said):
        found = SUBJECT.match(said, 0, NEAR)
    where = fold(next(filter(None, found.groups()), "")) if found else ""
    if found and len(where) <= LONGEST_SHORT and said[found.end() :].lstrip(" ")[:1].isupper():
        return ""  # a place or a person: "Ở Đức Thắng", "Nga My"
    return where


def _within(said: str, typed: str) -> str:
    """The country that a text says to be in further on, where it doesn't speak of here; a short name, or a state of a
    union, by its capital, which a reading may only have guessed."""
    if OURS.search(said):
        return ""
    if told := TOLD_OF.match(said, 0, NEAR):
        return fold(told[1])
    for found in WITHIN.finditer(said):
        name, rest = found[1], said[found.end() :].lstrip(" ")
        if fold(name) in TOWNS and OF_NATIONS.search(said):
            continue
        large = name.split()[-1][0].isupper() and name in typed and not rest[:1].isupper()
        if large or (len(name) > LONGEST_SHORT and "bang " not in name.lower()):
            return fold(name)
    return ""


def place(sentence: str) -> str:
    """The country that a normalised sentence speaks of; "" for here."""
    return anywhere(sentence, sentence)


def anywhere(said: str, typed: str) -> str:
    """The country that a text speaks of, as it is meant and as it is typed; "" for here."""
    said = _untwinned(said)
    return at_head(said) or _within(said, typed) or _invented(said) or _strange(said)


def _untwinned(said: str) -> str:
    """A text without the names of elsewhere that are places of a place here: "Ở Quảng Châu, Sầm Sơn"."""
    return TWIN.sub(lambda found: found[0] if fold(found[2]) in NAMES else f"xã, {found[2]}", said)


def _invented(said: str) -> str:
    """A land of its own name that is no country, in which satire plays; "" for none."""
    found = None if said.istitle() or OURS.search(said) else INVENTED.search(said)
    return fold(found[1]) if found and found[1].istitle() and found[1].lower() not in OURS_BY_NAME else ""


def _strange(said: str) -> str:
    """A place at the head of a sentence whose name holds what is no syllable here; "" for none."""
    found = None if said.istitle() or said.isupper() else AT_NAME.match(said)
    names = re.findall(r"\w+", found[1]) if found and not OURS.search(said) else []
    if any(not name.isascii() or name.isupper() or name.lower() in OURS_BY_SPELLING for name in names):
        return ""
    strange = (name for name in names if name.isalpha() and len(name) >= LONGEST_SHORT and not is_syllable(name))
    return next(map(fold, strange), "")


def names_abroad(sentence: str) -> bool:
    """Whether a normalised sentence names another country anywhere."""
    sentence = _untwinned(sentence)
    if SOME_LAND.search(sentence) and not OURS.search(sentence):
        return True
    of_city = CITY.search(sentence) and not OF_NATIONS.search(sentence)
    if of_city or _invented(sentence) or _strange(sentence):
        return True
    return bool(countries(sentence))


def countries(sentence: str) -> list[str]:
    """The other countries that a normalised sentence names, as they stand there."""
    found = NAMED.finditer(sentence)
    named = ((next(filter(None, one.groups()), ""), one[0]) for one in found)
    return [short or name for short, name in named if not short or short[0].isupper()]
