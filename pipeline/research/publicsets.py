"""Public Vietnamese data sets we know: how their columns map, what their labels really mean, and which we refuse."""

from collections.abc import Mapping
from dataclasses import dataclass, field

COLUMNS = ("id", "part", "text", "evidence", "label", "group", "source", "time")  # of every imported row
USES = ("verdict", "kind", "style", "text")  # what a set may teach: verdicts, kinds, a hint for ordering, or only words


@dataclass(frozen=True, slots=True)
class Layout:
    """How the columns and labels of a set are named; each of our columns takes the first of its names that is there."""

    columns: Mapping[str, tuple[str, ...]]
    labels: Mapping[str, str] = field(default_factory=dict)  # theirs, as text, to ours; others stay as they are


@dataclass(frozen=True, slots=True)
class KnownSet:
    """A public set: its layout, and what must be known before its labels are believed."""

    name: str
    use: str
    licence: str
    means: str
    leaks: str
    layout: Layout
    asked: tuple[str, ...] = ()  # columns of ours that somebody mapped by hand: they must be there


VERDICTS = {
    "supported": "supported", "support": "supported", "supports": "supported", "entailment": "supported",
    "0": "supported", "refuted": "refuted", "refute": "refuted", "refutes": "refuted", "contradiction": "refuted",
    "1": "refuted", "nei": "not_enough_info", "not_enough_info": "not_enough_info",
    "not enough info": "not_enough_info", "not enough information": "not_enough_info",
    "neutral": "not_enough_info", "2": "not_enough_info",
}  # fmt: skip

KNOWN = (
    KnownSet(
        "vifactcheck", "verdict", "MIT",
        "Whether a claim written for the purpose agrees with a news passage of spring 2023; three labels, by people.",
        "The public split leaks: nearly every test row shares its article with train. Split by url, as the group column"
        " does. Supported mostly means worded alike.",
        Layout({"text": ("statement", "Statement", "claim"), "evidence": ("evidence", "Evidence"),
                "label": ("label", "labels"), "group": ("url", "Url"), "part": ("part",)}, VERDICTS),
    ),
    KnownSet(
        "vihallu", "verdict", "MIT repository; the terms of its competition are unclear",
        "Whether a generated answer keeps to a Wikipedia passage: no, intrinsic, extrinsic hallucination.",
        "Prompts were made noisy on purpose; a model that does well here does not carry over to news.",
        Layout({"id": ("id",), "text": ("claim", "response"), "evidence": ("evidence", "context"),
                "label": ("verdict", "label"), "group": ("evidence", "context"), "part": ("part",)},
               {**VERDICTS, "no": "supported", "intrinsic": "refuted", "extrinsic": "not_enough_info"}),
    ),
    KnownSet(
        "reintel", "style", "none stated: local use only",
        "Whether a Facebook post of 2014 to 2020 looked unreliable to annotators. Unreliable isn't false: opinions,"
        " rumours and unchecked accusations are mixed in.",
        "Long first-person posts are over-flagged; near copies fall into clusters that must stay in one part.",
        Layout({"id": ("id",), "text": ("text", "post_message"), "label": ("label",), "group": ("cluster",),
                "time": ("ts", "timestamp_post"), "part": ("part",)}, {"0": "reliable", "1": "unreliable"}),
    ),
    KnownSet(
        "victsd", "text", "none stated: local use only",
        "Whether a reader's comment is constructive, by annotators (and, apart, whether it is toxic). Says nothing of"
        " truth, nor of what we call a kind: its texts teach words, its labels nothing.",
        "Topics differ in their share of constructive comments, so a split by topic is harder than a random one.",
        Layout({"text": ("text", "Comment"), "label": ("constructive", "Constructiveness"),
                "part": ("part",)}, {"0": "not_constructive", "1": "constructive"}),
    ),
    KnownSet(
        "vfnd", "style", "stated in its repository; check it before use",
        "Whether an article or post was held to be fake by those who collected it, from press reports of debunking.",
        "Small, and the true and the fake articles come from different places; its source column is checked at import.",
        Layout({"id": ("id",), "text": ("text", "maintext", "post_message"), "label": ("label",),
                "source": ("domain", "source", "source_domain"), "time": ("date", "date_publish", "timestamp_post"),
                "part": ("part",)},
               {"0": "real", "1": "fake"}),
    ),
    KnownSet(
        "uit", "verdict", "research use on request, as its authors state",
        "Pairs of the UIT kind (ViNLI, ViWikiFC): whether a sentence follows from, contradicts or is neutral to"
        " another, written by annotators for the purpose.",
        "The written sentence alone gives its label away more often than chance; several share one premise.",
        Layout({"id": ("id", "pairID"), "text": ("hypothesis", "sentence2", "claim"),
                "evidence": ("premise", "sentence1", "evidence"), "label": ("label", "gold_label", "verdict"),
                "group": ("premise", "sentence1", "evidence"), "part": ("part",)}, VERDICTS),
    ),
)  # fmt: skip

REFUSED = {
    "by_outlet": "its label is the outlet: a model would learn who publishes, not what is true.",
    "by_page": "its label is the Facebook page or account: a model would learn who speaks.",
    "by_loyalty": "its label is political loyalty: a model would punish a side.",
    "by_keyword": "its classes were collected by different keywords: a model would learn the collection.",
}


def known(name: str) -> KnownSet | None:
    """A public set by its name, None for one we have no card of."""
    return next((one for one in KNOWN if one.name == name.lower()), None)
