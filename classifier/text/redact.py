"""Take phone numbers, e-mail addresses, citizen-ID and bank numbers and people's own pages on social networks out of a
text before it is written anywhere.

Numbers are told apart by their form and by the nearest cue word before them ("stk", "cccd", "sđt"). Years, dates,
prices, counts and law numbers stay: they are what a claim is checked by.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from classifier.text.letters import LOOKALIKES, MARKED
from classifier.text.reading import LETTERS, Edit, fold, follow, is_usual

SHOWN = {
    "phone": "[số điện thoại]",
    "email": "[thư điện tử]",
    "citizen_id": "[số định danh]",
    "bank": "[số tài khoản]",
    "profile": "[trang cá nhân]",
}

Found = tuple[str, int, int]  # kind, start, end

_GAP = "[ .\\-_*()\u20e3]{0,3}"  # the last frames a digit as a key
_DIGIT = "[0-9oli]"  # o, l and I are typed for 0 and 1 to escape filters
# no fraction's figures; behind the end of another number a sign between the two parts them: "0912345678,0987654321"
_BEFORE = (
    r"(?<![0-9])(?:(?<![0-9][.,])|(?<=[0-9]{9}[.,])|(?<=[0-9]{3}[.\ \-][0-9]{3}[.,])"
    r"|(?<=[0-9]{3}[.\ \-][0-9]{4}[.,])|(?<=[0-9]{2}[.\ \-][0-9]{2}[.\ \-][0-9]{2}[.,]))"
)


def _digits(count: int) -> str:
    return rf"(?:{_GAP}{_DIGIT}){{{count}}}"


_PHONE = re.compile(
    rf"""{_BEFORE}(?:
        \(?\+{_GAP}84{_GAP}(?:\(0\))?{_GAP}[235-9]{_digits(8)}(?:{_GAP}[0-9])?  # +84 912 345 678
      | (?:00)?84{_GAP}[35789]{_digits(8)}
      | \+[1-9][0-9]{{0,2}}{_digits(8)}(?:{_GAP}[0-9]){{0,3}}                # another country
      | (?:(?<![a-z])o|\(?[ ]?0){_GAP}[35789]{_digits(8)}                    # mobile
      | \(?0{_GAP}2{_digits(9)}                                              # land line with its province
      | 0{_GAP}69{_digits(7)}                                                # army and police
      | 01[0-9]{{9}}                                                         # eleven digits, until 2018
    )\u20e3?(?![0-9])""",
    re.VERBOSE,
)
_HOTLINE = re.compile(r"(?<![0-9.,])1[89]00[ .\-]?[0-9]{4}(?:[0-9]{2})?(?![0-9.,]*[0-9])")
_PICTURES = "\u25a0-\u27bf\u2b00-\u2bff\U0001f300-\U0001faff"
_DIVIDER = f" ?[/,:·•\u2010-\u2015\u2212.\\-|~…'’+=\n {_PICTURES}] ?"
_DIVIDED = re.compile(  # in groups behind a mobile prefix: of single digits parted by these, most are lists
    rf"0(?<![0-9]0)(?<![0-9][.,/]0)(?=3[2-9]|5[25689]|7[06-9]|8[1-9]|9)[0-9]"
    rf"(?:[0-9]{{2}}{_DIVIDER}[0-9]{{3}}{_DIVIDER}[0-9]{{3}}|[0-9]{{2}}(?:{_DIVIDER}[0-9]{{2}}){{3}}"
    rf"|[0-9](?<!ho so 0[0-9][0-9]){_DIVIDER}(?:[0-9]{{3}}{_DIVIDER}[0-9]{{4}}|[0-9]{{4}}{_DIVIDER}[0-9]{{3}}))"
    r"(?![0-9]|/(?:qd|nq|nd|tt|kh|tb|bc|gp|hd)\b)"
)
_ONE_BY_ONE = re.compile(
    r"0(?<![0-9]0)([^\w\-. ]|\W{2,3})(?:3\1[2-9]|5\1[25689]|7\1[06-9]|8\1[1-9]|9\1[0-9])(?:\1[0-9]){7}(?!\1?[0-9]| ?%)"
)
# none of the signs that lines of a list begin with
_PICTURE = re.compile(r"[^\n]?[\u2600-\u2767\u2b50\U0001f300-\U0001faff][^\n]?")
_APART = re.compile(r"[0-9](\W{1,3})[0-9](?:\1[0-9]){6,}")
_RAISED = re.compile("⁰[³⁵⁷-⁹](?:[ .]?[⁰¹²³⁴-⁹]){8}")
_SPOKEN_DIGIT = "(?:khong|mot|hai|ba|bon|tu|nam|lam|sau|bay|tam|chin|muoi)"
_SPOKEN = re.compile(rf"\bk(?:hong|o)(?:[ ,.\-]{{1,2}}(?:{_SPOKEN_DIGIT}\b|[0-9]{{1,9}}(?![0-9]))){{2,10}}")
_DECIMAL = re.compile(r"0\.[0-9]+")
_PAIRS = re.compile(r"\(?[0-9]{2}(?:[ .\-][0-9]{2}){4}")
_DATE = re.compile(r"[0-9]{1,2}[.\-][0-9]{1,2}[.\-][0-9]{4}|(?:19|20)[0-9]{2} ?- ?(?:19|20)[0-9]{2}(?![0-9])")

_NUMBER = re.compile(rf"{_BEFORE}[0-9](?:[ .\-_]?[0-9]|a[0-9]){{6,22}}(?![0-9])")
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}(?:([. ])[0-9]{3})(?:\1[0-9]{3})*")
_RANGE = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})*\.000-[1-9][0-9]{0,2}(?:\.[0-9]{3})*\.000")
_YEARS = re.compile(r"(?:19|20)[0-9]{2}(?:[ .\-](?:19|20)[0-9]{2})+")
_RUN = re.compile(r"[0-9]{9,19}")
_ROUND = re.compile(r"[1-9][0-9]{0,2}0{6,}")
_COUNTED = re.compile(  # on the text with its diacritics: "ngàn" counts, "ngân hàng" doesn't
    r" ?(?:[.,][0-9]+ ?)?(?:đồng|đ(?!/c)|đô|vnđ|vnd|usd|dong|triệu|trieu|tỷ|tỉ|ty|nghìn|ngàn|người|nguoi|lượt|hộ|vụ|"
    r"cử tri|tr|k|kg|m2|km|ha)\b| ?%",
    re.IGNORECASE,
)
_MONEY = re.compile(  # what may be a phone number is money only beside this: "ha", "k", "Đồng Nai" follow phones too
    r"(?:,[0-9]{1,2})?(?:đ(?! ?[/.]? ?c\b)| ?(?:(?:nghìn|ngàn|triệu|tỷ|tỉ) )?(?:đô la|vnđ|VNĐ|vnd|VND|usd|USD|"
    r"đồng(?! (?:chí|hương|nghiệp|đội|bào|môn|thời|nai|tháp|hới|xoài|văn|phú|khởi|tâm|đăng|hỷ|lộc|kỵ|xuân)\b)))\b"
)
_PLAIN_ID = re.compile(r"0(?:0[1-9]|[1-8][0-9]|9[0-6])(?:[0-3][0-9]{8}|([ .])[0-3][0-9]{2}\1[0-9]{3}\1[0-9]{3})")
_OWN_TAX = re.compile(r"8[0-9]{9}(?:-[0-9]{3})?")  # of a person; companies' begin with the number of a province
_CARD = re.compile(r"(?:[0-9]{4}[ \-]?){3}[0-9]{4}")
_NAPAS = re.compile(r"9704(?:[ .\-]?[0-9]{4}){3}(?:[ .\-]?[0-9]{3})?")  # a card of a bank here
_ACCOUNT = (
    r"stk|so tai khoan|so tk|tk|tai khoan|so the|the atm|the tin dung|the ngan hang|ck|chuyen khoan|"
    r"vietcombank|vcb|vietinbank|techcombank|tcb|bidv|agribank|mb ?bank|mb|acb|vp ?bank|tp ?bank|sacombank|vib|"
    r"hdbank|ocb|shb|seabank|msb|eximbank|lpbank|scb|napas"
)
_CALL = (
    r"sdt|so dt|dtdd|dt|dien thoai|goi|zalo|hotline|tong dai|lien he|lien lac|lh|phone|tel|momo|fax|viber|whatsapp|ib"
)
_CUES = {
    "phone": rf"{_CALL}|bao",
    "tax": r"ma so thue|mst",
    "kept": r"dang ky doanh nghiep|ma so doanh nghiep|ma don|ma van don|ma ho so|isbn|imei",
    "citizen_id": r"cccd|can cuoc|cmnd|cmtnd|cmt|chung minh(?: nhan dan| thu)?|dinh danh|gplx|bang lai(?: xe)?"
    r"|giay phep lai xe",
    "insured": (
        r"(?:ma|so|the)(?: so)?(?: the| so)? (?:bhxh|bhyt|bao hiem xa hoi|bao hiem y te)|(?:bhxh|bhyt)(?= ?(?:so|:))"
    ),
    "bank": rf"{_ACCOUNT}|ngan hang",
}
_CUE = re.compile("|".join(rf"(?P<{kind}>\b(?:{cues})(?![a-z]))" for kind, cues in _CUES.items()))
_CALLED = re.compile(  # directly before figures: "bão số", "báo cáo" and a row's "| điện thoại |" aren't
    rf"\b(?:{_CALL})(?: (?:so|cho|qua|la|em|anh|chi|minh|toi|ngay|theo)){{0,4}}[ :.=(\-]{{0,3}}\Z"
)
_COUNTS = re.compile(r"\b(?:so (?:vu|ca|nguoi|lan)|cuoc|luot|thang|thong ke)\b")  # "số cuộc gọi: 0, 3, 5"
_LENT = re.compile(rf"(?!.*\b(?:so[ :.\-]{{0,3}}$|(?:{_ACCOUNT})(?![a-z]))).*\bngan hang\b.*\bvay\b")
_BANK_AFTER = re.compile(rf"[ (,\-]{{0,3}}(?:cua )?(?:{_CUES['bank']})\b")
_IBAN = re.compile(  # abroad; its letters may stand among the figures
    r"\biban\b[^0-9\n]{0,20}?\b"
    r"([a-z]{2}[0-9]{2}(?: ?[a-z]{4})?(?: ?(?=[a-z]{0,3}[0-9])[a-z0-9]{4}){2,7}(?: ?[0-9]{1,3})?)(?![a-z0-9])"
)
_PASSPORT = re.compile(r"\b(?:ho chieu|passport)\b[^0-9\n]{0,20}?\b([a-z] ?[0-9]{7,8})(?![0-9])")
# a health card's: two letters, who is insured, province and the insurance number
_INSURED = re.compile(
    r"\b(?:bhyt|bao hiem y te|the)\b[^0-9\n]{0,20}?\b([a-z]{2} ?[1-5] ?[0-9]{2}(?:[ .\-]?[0-9]){10})(?![0-9])"
)
# as a spreadsheet writes one, its first nought cut off; only directly behind what one calls by
_CUT = re.compile(r"(?<![0-9.,/\-])[35789](?:[ .\-]?[0-9]){8}(?![0-9.,]*[0-9]| ?(?:cuoc|luot|lan|may|so)\b)")
REACH = 40  # characters before a number in which a cue still speaks of it

_AT = re.compile(r" ?@ ?| ?[(\[{<] ?(?:at?|a[ \-]?cong|@) ?[)\]}>] ?| (?:at|a[ \-]?cong|a moc) ")
_DOT = r"(?:[.。]|,(?=(?:com|vn|net|org|edu|gov|info)\b)| ?[(\[{] ?(?:dot|cham) ?[)\]}] ?| (?:dot|cham) )"
_WORD_FOR_SIGN = re.compile("còng|móc|chấm", re.IGNORECASE)
_TWO_LETTERS = re.compile("[a-z].*[a-z]")  # "điểm b (a) báo.vn" is a point of law
_LOCAL = re.compile(r"[a-z0-9._%+\-]{1,64}\Z")
_DOMAIN = re.compile(rf"[a-z0-9\-]{{1,63}}(?:{_DOT}[a-z0-9\-]{{1,63}}){{0,5}}{_DOT}[a-z]{{2,12}}\b")
_SPACED_DOMAIN = re.compile(
    r"[a-z0-9\-]{1,63}(?: ?(?:\.|[(\[{]dot[)\]}]|\bdot\b|\bcham\b) ?[a-z0-9\-]{1,63}){0,4}"
    r" ?(?:\.|[(\[{] ?(?:dot|cham) ?[)\]}]|\bdot\b|\bcham\b) ?(?:com|vn|net|org|edu|gov|info|io|me|co)\b"
)
_KNOWN_END = re.compile(r"[.。](?:com|vn|net|org|edu|gov|info|io)\Z")
_PATH = r"\.?(?::[0-9]{0,5})?/{1,4}"  # ends the name of a host, in every way that browsers take
_PROFILE = re.compile(  # somebody's page on a social network, and all below it: the network's own paths name nobody
    r"(?:(?<![a-z0-9.@/\-])(?:https?:/{1,3})?|https?:/{1,3})"  # one with its scheme may stand in another address
    r"(?:(?:(?:www|web|m|mbasic|touch|mobile|[a-z]{2}-[a-z]{2})\.)?"
    r"(?:(?:facebook\.com|fb\.(?:com|me)|instagram\.com|threads\.(?:net|com)|tiktok\.com|(?:twitter|x)\.com|m\.me)"
    rf"{_PATH}(?:#!/{{1,3}})?"
    r"(?:(?:permalink|story|profile)\.php\?[^\s<>\"')\]]{0,500}\bid=[0-9]+|groups/[^/\s]+/user/[0-9]+|stories/\w[\w.\-]*"
    r"|people/[^/\s]+/[0-9]+|(?!(?:groups?|watch|share|sharer|reels?|events?|stor(?:y|ies)|permalink|photos?|videos?|l|ads"
    r"|login|hashtag|search|explore|p|tv|i|intent|home|help|legal|policies|business|marketplace|gaming|tag|discover|people)"
    r"(?:\.php)?(?:[/?#]|(?![\w.\-])))(?!(?:facebook|instagram|tiktok|threads|twitter|x)\.(?:com|net)\b)@?\w[\w.\-]*/?"
    rf")|linkedin\.com{_PATH}in/[\w\-]+/?|bsky\.app{_PATH}profile/\w[\w.\-:]*|youtube\.com{_PATH}(?:@|user/)\w[\w.\-]*"
    rf"|messenger\.com{_PATH}t/\w[\w.\-]*|(?:t|telegram)\.me{_PATH}(?!(?:joinchat|share|addstickers|proxy|login)\b)"
    r"[a-z]\w{3,31}(?!\w|/[\w+])"  # what stands below one is a channel's
    rf"|zalo\.me{_PATH}(?!(?:g|s|pc|download|community)\b)[a-z][\w.\-]*)"
    rf"|(?:[a-z0-9\-]{{1,63}}\.){{1,5}}[a-z]{{2,24}}{_PATH}@[a-z_][\w.\-]*(?:@[\w.\-]*)?(?:/[0-9]+)?(?![\w.\-@]|/\w))"
    r"[/?#]?[^\s<>\"')\]]*"
)
_HANDLE = re.compile(  # the same page, by its network's name
    r"\b(?:telegram|tele|instagram|insta|ig|tiktok|threads|twitter|facebook|fb|youtube|discord|skype)\b"
    r"[ :.=(\-]{0,3}(?:(?:la|nick|kenh|id|acc|cua (?:em|toi|tui|minh|anh|chi|shop))[ :]{1,2}){0,2}"
    r"(@[a-z_][a-z0-9_.]{2,31})(?![\w@])"
)
_STOPS = ".,;:!?"  # behind an address they are the sentence's; a pattern that gives them up tries every way to
_POST = re.compile(
    r"(?:permalink|story)\.php|/(?:posts?|status|videos?|photos?|reel)/|/@[^/]+/[0-9]"
)  # what was said for all to read
_LINKS = (".com", ".net", ".me", ".app", "/@")
_RUN_ON = re.compile(r"[^\s<>\"')\]]+")
_ENCODED = re.compile("%[2-7][0-9a-f]")
_MAYBE = re.compile(
    rf"[0-9](?:[^0-9]{{0,3}}[0-9]){{5}}|[@⁰]|\bat\b|[(\[{{<] ?a ?[)\]}}>]|a[ \-]?cong\b|a moc\b"
    rf"|k(?:hong|o)[ ,.\-]{{1,2}}(?:{_SPOKEN_DIGIT}|[0-9])[ ,.\-]"
)


def _any(letter: str) -> str:
    """A pattern of the letters that are folded to one."""
    return f"[{letter}{MARKED[letter]}]" if letter in MARKED else letter


def _written(bare: str) -> str:
    """A pattern of folded words as one of the texts that are folded to what it matches."""
    return re.sub(r"[a-z]", lambda found: _any(found.group()), bare)


# _MAYBE in a text that isn't folded yet: folding takes three times as long. Marks by themselves must be folded first
_HINT = re.compile(
    rf"[0-9@⁰\u0300-\u036f{_any('a')[1:-1]}{_any('k')[1:-1]}](?:(?<=[0-9])(?:[^0-9]{{0,3}}[0-9]){{5}}|(?<=[@⁰\u0300-\u036f])"
    rf"|(?<={_any('a')})(?:[ \-]?{_written('cong')}\b| {_written('moc')}\b|(?<!\w.)(?:{_any('t')}\b| ?[)\]}}>]))"
    rf"|(?<={_any('k')})(?:{_written('hong')}|{_any('o')})[ ,.\-]{{1,2}}(?:{_written(_SPOKEN_DIGIT)}|[0-9])[ ,.\-])"
)


@dataclass(frozen=True, slots=True)
class Redacted:
    """The text with each number or address replaced by its name, and how many of each kind there were."""

    text: str
    counts: dict[str, int]


def redact(text: str) -> Redacted:
    """Replace what identifies a person; anything else stays letter for letter. Any string is accepted."""
    spans = find(text)
    if not spans:
        return Redacted(text, {})
    pieces, at = [], 0
    for kind, start, end in spans:
        pieces += [text[at:start], SHOWN[kind]]
        at = end
    return Redacted("".join(pieces) + text[at:], dict(Counter(kind for kind, _, _ in spans)))


_IN_ADDRESS = re.compile(r"\(?(?:\+|0|84)[0-9 .()\-_]{7,}[0-9]")  # articles are numbered from 1, and by long numbers
_CUED = rf"[?&](?:{_CUES['phone']}|{_CUES['citizen_id']}|{_ACCOUNT})="
_PARAMETER = re.compile(rf"{_CUED}$")
_MAY_LEAD = re.compile(rf"{_AT.pattern}|{_BEFORE}{_IN_ADDRESS.pattern}|{_CUED}")  # most addresses hold none of these


def leads_to_person(url: str) -> bool:
    """Whether an address on the web is somebody's page on a social network (a post below it is none), or holds a number
    or an e-mail address of a person; an article's number is none."""
    read = unquote(url)
    low = _folded(read)
    if (page := _PROFILE.search(low)) and not _POST.search(page.group()):
        return True
    if read.isascii() and not _MAY_LEAD.search(low):
        return False
    for kind, start, end in find(read):
        if kind == "email" or _PARAMETER.search(low, max(0, start - REACH), start):
            return True
        stands_alone = not (read[start - 1 : start].isalpha() or read[end : end + 1].isalpha())
        meant = stands_alone or _nearest_cue(low, start) == "phone"
        if kind in ("phone", "citizen_id") and meant and _IN_ADDRESS.fullmatch(low, start, end):
            return True
    return False


# figures of other scripts or in rings, and letters of them that are drawn like those typed for figures
_FIGURE = re.compile(r"[\dОоΟοІіΙιӀ❶-❾➀-➈➊-➒⓵-⓽⓿⑴-⑼⒈-⒐₀-₉\U0001f100-\U0001f10c](?<![0-9])")


def _figures(text: str) -> list[Edit]:
    """Figures of other scripts and shapes as ours, letter for letter: one edit for all, as there may be a million."""
    meant = {ord(sign): _figure(sign) for sign in set(_FIGURE.findall(text))}
    return [(0, len(text), text.translate(meant))] if meant else []


def _figure(sign: str) -> str:
    meant = unicodedata.numeric(sign, None)
    return LOOKALIKES.get(sign, sign) if meant is None else str(int(meant))


def find(text: str) -> list[Found]:
    """Spans to redact, in order and apart from each other."""
    as_written = is_usual(text) or not (_FIGURE.search(text) or any(stage(text) for stage in LETTERS[:-1]))
    if as_written and not (_HINT.search(small := text.lower()) or any(link in small for link in _LINKS)):
        return []
    read = follow(text, (*LETTERS, _figures))
    low = _folded(read.text)
    if not (_MAYBE.search(low) or any(link in low for link in _LINKS)):
        return []
    taken = bytearray(len(low))
    kept: list[Found] = []
    for kind, start, end in _candidates(low, read.text):
        if 1 not in taken[start:end]:
            taken[start:end] = b"\1" * (end - start)
            kept.append((kind, start, end))
    return [(kind, *read.original_span(start, end)) for kind, start, end in sorted(kept, key=lambda found: found[1])]


def _folded(text: str) -> str:
    low = fold(text)
    if len(low) == len(text):
        return low
    return text.translate({ord(letter): bare for letter in set(text) if len(bare := fold(letter)) == 1})


def _candidates(low: str, text: str) -> Iterator[Found]:
    """Everything that may be redacted, the surest first; a later one that overlaps is dropped."""
    for match in _PROFILE.finditer(low):
        yield "profile", match.start(), match.start() + len(match.group().rstrip(_STOPS))
    for run in _RUN_ON.finditer(low) if _ENCODED.search(low) else ():
        yield from _encoded(run)
    for kind, start, end in _emails(low):
        if _is_address(text[start:end], low[start:end]):
            yield kind, start, end
    for match in _HANDLE.finditer(low):
        if text[slice(*match.span(1))].isascii():  # "Facebook @Đà Nẵng" tells where
            yield "profile", match.start(1), match.start(1) + len(match[1].rstrip(_STOPS))
    for match in _IBAN.finditer(low):
        yield "bank", match.start(1), match.end(1)
    for match in (*_PASSPORT.finditer(low), *_INSURED.finditer(low)):
        yield "citizen_id", match.start(1), match.end(1)
    for match in _NUMBER.finditer(low):
        # nobody counts places or people by so long a run of figures: "STK 19032045201 ha noi"
        counted = _MONEY if _RUN.fullmatch(match.group()) else _COUNTED
        if counted.match(text, match.end()) or _DATE.search(match.group()):
            continue
        named = _named(low, match.group(), match.start(), match.end())
        if named:
            yield named, match.start(), match.end()
    yield from _phones(low, text)


def _encoded(run: re.Match[str]) -> Iterator[Found]:
    """The pages in an address that holds letters by their numbers, as one that leads on to another does."""
    codes = [(code.start(), code.end()) for code in _ENCODED.finditer(run.group())]
    if not codes:
        return
    read = _ENCODED.sub(lambda code: chr(int(code.group()[1:], 16)).lower(), run.group())
    starts = [run.start() + at for at in _kept_at(codes, len(run.group()))]
    for match in _PROFILE.finditer(read):
        end = match.start() + len(match.group().rstrip(_STOPS))
        yield "profile", starts[match.start()], starts[end]


def _kept_at(codes: list[tuple[int, int]], length: int) -> Iterator[int]:
    """Where each letter of a text whose codes were read begins in it, and where it ends."""
    at = 0
    for start, end in [*codes, (length, length)]:
        yield from range(at, start + 1)
        at = end


def _is_address(said: str, bare: str) -> bool:
    """Whether what is an address in bare letters is one as written: "hội nghị@Đà.Nẵng" is none."""
    if "@" in said and " " not in said and (_KNOWN_END.search(bare) or _ascii_letters(said.rpartition("@")[2])):
        return True
    return _WORD_FOR_SIGN.sub("", said).isascii()


def _ascii_letters(said: str) -> bool:
    return all(sign.isascii() for sign in said if sign.isalpha())


def _emails(low: str) -> Iterator[Found]:
    for at in _AT.finditer(low):
        plain = at.group() == "@"
        domain = (plain and _DOMAIN.match(low, at.end())) or _SPACED_DOMAIN.match(low, at.end())
        local = domain and _LOCAL.search(low, max(0, at.start() - 64), at.start())  # the dearer look
        if local and domain and (at.group().strip(" ()[]{}<>") != "a" or _TWO_LETTERS.search(local.group())):
            yield "email", local.start(), domain.end()


def _named(low: str, number: str, start: int, end: int) -> str | None:
    """The kind of a number that its form or the nearest cue gives away; None when it may stay or is a phone's."""
    digits = sum(letter.isdigit() for letter in number)
    letters = [letter for letter in number if letter.isalpha()]
    cue = _nearest_cue(low, start)
    if cue == "tax":  # a person's tax code is that person's ID number, or begins with 8; a company's is none
        return "citizen_id" if _PLAIN_ID.fullmatch(number) or _OWN_TAX.fullmatch(number) else None
    if cue == "kept":
        return None
    if cue == "citizen_id" and digits in (9, 12) and not letters:
        return "citizen_id"
    if cue == "insured" and digits == 10 and not letters and not _THOUSANDS.fullmatch(number):
        return "citizen_id"
    account = 8 <= digits <= 19 and not _THOUSANDS.fullmatch(number)
    told = cue == "bank" and not _sums(number, _clause(low, start))
    if account and (told or (cue != "phone" and not letters and _BANK_AFTER.match(low, end))):
        return "bank"
    if _NAPAS.fullmatch(number) or (_CARD.fullmatch(number) and _luhn(number) and not _YEARS.fullmatch(number)):
        return "bank"
    return "citizen_id" if _PLAIN_ID.fullmatch(number) else None


def _sums(number: str, clause: str) -> bool:
    """Whether a number beside the word for a bank or a transfer is a sum or years: where no account is spoken of."""
    if _RANGE.fullmatch(number) and clause.endswith("chuyen khoan "):
        return True
    return bool(_LENT.match(clause)) and any(form.fullmatch(number) for form in (_RANGE, _YEARS, _ROUND))


def _nearest_cue(low: str, start: int) -> str | None:
    kind: str | None = None
    for match in _CUE.finditer(_clause(low, start)):
        kind = match.lastgroup
    return kind


def _clause(low: str, start: int) -> str:
    """What before a number may still speak of it."""
    return re.split(r"[!?;\n]|\.\s|[0-9]{6}", low[max(0, start - REACH) : start])[-1]


def _luhn(number: str) -> bool:
    digits = [int(letter) for letter in reversed(number) if letter.isdigit()]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[1::2]]
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


def _phones(low: str, text: str) -> Iterator[Found]:
    for match in (*_PHONE.finditer(low), *_DIVIDED.finditer(low)):
        number = match.group().lstrip()
        cue = _nearest_cue(low, match.start())
        if cue in ("kept", "tax") or sum(letter.isdigit() for letter in number) < 7 or _DATE.match(number):
            continue
        if cue != "phone" and (_PAIRS.fullmatch(number) or _DECIMAL.fullmatch(number)):
            continue  # pairs may be a draw or a list of years
        if _amount(number, bool(_MONEY.match(text, match.end())), cue):
            continue
        if (apart := _APART.fullmatch(number)) and _goes_on(low, match.end() - len(number), match.end(), apart[1]):
            continue
        bare = number if ")" in number else number.lstrip("( ")
        yield "phone", match.end() - len(bare.lstrip()), match.end()
    for match in _RAISED.finditer(low):
        yield "phone", match.start(), match.end()
    for match in _ONE_BY_ONE.finditer(low):
        if _is_number(low, match.start(), match.end(), match[1]):
            yield "phone", match.start(), match.end()
    yield from _short_ones(low, text)
    for match in _SPOKEN.finditer(low):
        if _is_told(re.findall("[a-z]+|[0-9]", match.group())):
            yield "phone", match.start(), match.end()


def _short_ones(low: str, text: str) -> Iterator[Found]:
    """What is a phone number by the cue before it alone."""
    for match in _HOTLINE.finditer(low):
        if _nearest_cue(low, match.start()) == "phone":
            yield "phone", match.start(), match.end()
    for match in _CUT.finditer(low):
        counted = match.group().endswith("000") or _COUNTED.match(text, match.end())
        if not counted and _stands_behind_call(low, match.start()):
            yield "phone", match.start(), match.end()


def _goes_on(low: str, start: int, end: int, divider: str) -> bool:
    """Whether more single figures stand beside some with the same divider: all are a list, and none of it a number."""
    before, behind = low[max(0, start - len(divider) - 2) : start], low[end : end + len(divider) + 2]
    one_more = re.compile(rf"(?<![0-9])[0-9]{re.escape(divider)}\Z"), re.compile(rf"{re.escape(divider)}[0-9](?![0-9])")
    return bool(one_more[0].search(before) or one_more[1].match(behind))


def _is_number(low: str, start: int, end: int, divider: str) -> bool:
    """Whether ten figures with one divider are a phone number: most are a list or a row of counts, unless pictures part
    them or they stand directly behind what one calls by."""
    if _PICTURE.fullmatch(divider):
        return not _goes_on(low, start, end, divider)
    return _stands_behind_call(low, start)


def _stands_behind_call(low: str, start: int) -> bool:
    """Whether figures stand directly behind what one calls by, and count no calls."""
    before = _clause(low, start)
    return bool(_CALLED.search(before)) and not _COUNTS.search(before)


def _is_told(said: list[str]) -> bool:
    """Whether figures said in words, or in words and figures, are a phone number; who counts says one behind nought."""
    words = sum(word.isalpha() for word in said)
    mobile = said[1] in ("ba", "nam", "bay", "tam", "chin", *"35789")
    if words < len(said):
        return len(said) == 10 and mobile and words > 1
    # "mười" may say two figures at once, or be counted: "không mười, hai mươi"
    return ("muoi" in said and mobile and len(said) > 7) or (len(said) >= 10 and said[1] != "mot")


def _amount(number: str, money: bool, cue: str | None) -> bool:
    """Whether what has the form of a phone number with its country is an amount, grouped as one, instead."""
    if number.startswith("+84") or not _THOUSANDS.fullmatch(number.lstrip("+")):
        return False
    return money or (cue != "phone" and number[0] == "+" and number.endswith(".000.000"))
