"""Every number of politeness and safety, each with its reason, and the Scrapy settings made from them."""

from importlib.metadata import version
from typing import Any

VERSION = version("soi")  # the one that is installed
ROBOTS_TOKEN = "SoiBot"  # noqa: S105  # the product token that robots.txt groups are matched against

# How often and how fast
DELAY = 5.0  # seconds between two requests to a host: a person reading isn't quicker
NEAR_DELAY = 0.1  # seconds, for a new source in the operator's own network: nobody else waits for its turn
JITTER = 0.5  # up to half as long again, never shorter, so that we don't beat in step with other robots
EVERY = 60.0  # minutes between polls to begin with, and at most while they bring anything: an hour late is still early
EVERY_FLOOR = 15.0  # minutes: quicker finds nothing more and costs the host four times as much
EVERY_CAP = 1440.0  # minutes: a day, so that a source that wakes up is seen
SLOW_DOWN = 1.1  # longer interval when nothing new comes: a look at an unchanged list costs its host next to nothing
SPEED_UP = 1.5  # shorter interval when several new things come
SEVERAL = 2
UNCONDITIONAL_HOURS = 24.0  # some servers say "unchanged" wrongly: once a day we ask without conditions
FAILURE_WEIGHTS = {"hard": 1.0, "soft": 0.5, "dns": 0.25}  # a name that doesn't resolve is most often our own network

# Pages are read again after these hours (edits come early, deletions come late), then no more
REVISIT_HOURS = (1.0, 6.0, 24.0, 72.0, 168.0)
STAMPED_DAYS = 7  # at most between two looks at a page that its list calls changed each time and that never is
PAGE_TRIES = 10  # a page that failed so often in a row is left alone
PAGE_FREE_TRIES = 3  # the first failures are tried again at the next poll, later ones wait longer each time
NOTICE_HOURS = 20  # after which what a page alone says is no notice: maintenance takes less
NOTICE_UNREAD_DAYS = 3  # after which a page that was never read is taken in whatever words, if it is the only one
NOTICE_DAYS = 30  # since it was first read, in which a page with a notice in its place is asked for

# Pauses that hosts ask for
PAUSE = 60.0  # seconds after a 429 or 503 that names no time
PAUSE_CAP = 86400.0  # Retry-After is honoured up to a day
PAUSE_WAIT = 30.0  # a pause up to this is waited for within the run, longer ones are left to a later run
TURN_WAIT = 900.0  # so is a host's turn up to this, as long as a crawl of `soi run` lasts

# robots.txt (RFC 9309)
ROBOTS_DAY = 86400.0  # seconds a copy is good for
ROBOTS_MONTH = 30 * ROBOTS_DAY  # seconds for which an old one still holds while none can be read
ROBOTS_SIZE = 512 * 1024  # bytes read of it: the standard asks for at least 500 KiB

# Caps
BODY_SIZE = 10 * 1024 * 1024  # bytes, after decompression too
HEAD_SIZE = 256 * 1024  # bytes of headers: many times what the wordiest site sends
CODINGS = 2  # times a body may be packed: once is usual, twice a proxy's mistake
TIMEOUT = 30.0  # seconds for a whole answer
REDIRECTS = 5
RETRIES = {"index": 2, "page": 1, "thread": 1}  # further tries within a run after a soft failure
ITEMS_PER_PAGE = 1000  # entries and items taken from one page
OLDER_PAGES = 5  # pages back in time within one run
THREAD_PAGES = 50
PAGES_PER_SOURCE = 500  # fetches of one source in one run
URL_LENGTH = 2048
TEXT_LENGTH = 100_000  # characters kept of one text

# Extraction
EXTRACT_SECONDS = 10.0  # deadline for one page in a worker
EXTRACT_MEMORY = 2 * 1024**3  # bytes of address space for a worker
WORKERS = 2
LEAST_ARTICLE = 30  # letters: a shorter "article" is a cookie notice or a caption


def user_agent(contact: str) -> str:
    """Who we are, and where a site's owner can reach the operator."""
    return f"{ROBOTS_TOKEN}/{VERSION} (+{contact})" if contact else f"{ROBOTS_TOKEN}/{VERSION} (own network only)"


def pace(delay: float) -> dict[str, float]:
    """Scrapy varies a delay both ways; centred a quarter higher it is never shorter than asked.

    A slot without any delay keeps to no turns: it asks for all that waits at once.
    """
    delay = max(delay, 0.001)
    return {"delay": delay * (1 + JITTER / 2), "jitter": (JITTER / 2) / (1 + JITTER / 2)}


def scrapy_settings(*, contact: str, slots: dict[str, dict[str, Any]], log_level: str = "ERROR") -> dict[str, Any]:
    """Scrapy's settings for a run; everything that is unsafe or rude by default is set."""
    usual = pace(DELAY)
    return {
        "BOT_NAME": ROBOTS_TOKEN,
        "USER_AGENT": user_agent(contact),
        "DEFAULT_REQUEST_HEADERS": {
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,application/json;q=0.9,*/*;q=0.5",
            "Accept-Language": "vi,en;q=0.5",
        },
        # remote control and telnet would let anybody on this machine run Python in the crawl
        "REMOTE_CONTROL_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        "DOWNLOAD_MAXSIZE": BODY_SIZE,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_TIMEOUT": TIMEOUT,
        "DOWNLOAD_FAIL_ON_DATALOSS": True,
        "TWISTED_DNS_RESOLVER": "scrapy.resolver.CachingHostnameResolver",  # the usual one finds no IPv6 address
        "DOWNLOAD_HANDLERS": {
            "http": "crawlers.guard.GuardedDownloadHandler",
            "https": "crawlers.guard.GuardedDownloadHandler",
            "data": None,
            "file": None,
            "ftp": None,
            "s3": None,
        },
        "DOWNLOAD_DELAY": usual["delay"],
        "DOWNLOAD_DELAY_JITTER": usual["jitter"],
        "DOWNLOAD_SLOTS": slots,
        "CONCURRENT_REQUESTS": 128,  # waiting for their turn at many hosts; a host sees one at a time
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "CONCURRENT_ITEMS": 1,  # Scrapy starts this many tasks for every answer; our items take another door
        "REDIRECT_MAX_TIMES": REDIRECTS,
        "URLLENGTH_LIMIT": URL_LENGTH,
        "DUPEFILTER_CLASS": "scrapy.dupefilters.BaseDupeFilter",  # the plan of fetches knows what was asked
        "DOWNLOADER_MIDDLEWARES": {
            "crawlers.robots.RobotsMiddleware": 100,
            "crawlers.limits.CappedUnpacking": 590,
            "crawlers.hosts.PoliteRedirectMiddleware": 600,
        },
        # of Scrapy's own only these: its robots, cookies, conditions and retries keep nothing between runs, or are rude
        "DOWNLOADER_MIDDLEWARES_BASE": {
            "scrapy.downloadermiddlewares.downloadtimeout.DownloadTimeoutMiddleware": 350,
            "scrapy.downloadermiddlewares.defaultheaders.DefaultHeadersMiddleware": 400,
            "scrapy.downloadermiddlewares.useragent.UserAgentMiddleware": 500,
        },
        "SPIDER_MIDDLEWARES_BASE": {  # the spider reads every status itself
            "scrapy.spidermiddlewares.start.StartSpiderMiddleware": 25,
            "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": 800,
        },
        "EXTENSIONS_BASE": {},
        "STATS_DUMP": False,
        "LOG_ENABLED": True,
        "LOG_LEVEL": log_level,
        "LOG_INSTALL_ROOT_HANDLER": False,
        "TWISTED_REACTOR": "twisted.internet.asyncioreactor.AsyncioSelectorReactor",
        "WARN_ON_GENERATOR_RETURN_VALUE": False,
    }
