"""What can't be done with a case, told to whoever asked: the sentences, and the errors that carry them."""

from dataclasses import dataclass

from starlette.exceptions import HTTPException

from review.names import N_

NO_CASE = N_("There is no such case.")
MERGED = N_("The posts of case {case} are in case {into} now.")
NO_POST = N_("There is no such post among those collected.")
NO_VERDICT = N_("There is no such verdict.")
NO_MOVE = N_("There is no such split or merge.")
UNREAD = N_("The machine hasn't read what this post says now; a case is opened on it after the next scoring.")
UNCHOSEN = N_("Choose which sentence of the post is the claim.")
NOT_IN_POST = N_("These words don’t stand in the post like this; copy them from it.")
PROTECTED = N_("Opinions, questions, satire and praise are left alone: no case is opened on them.")
CHANGED = N_("This case has changed while you had it open; look at it again before you decide.")
CLOSED = N_("This case isn't open for you to decide.")
NO_REASON = N_("Choose a reason for this verdict.")
NO_TAKER = N_("The case can't be handed to them: it is decided, or they are nobody who may decide it.")
MANY_ASIDE = N_("20 open cases are put aside or handed over by you already; decide some, or take them back, first.")
NO_CHOICE = N_("A case that waits for its second reader isn't handed over: nobody chooses who reads it.")
NO_HANDOVER = N_("There is no hand-over to take back here: it was taken up, or taken back already.")
NO_SPLIT = N_("Choose some of the posts, not none and not all: what stays keeps this case's number.")
NO_MERGE = N_("That names no other case: give the number over the claim of the one to merge into, as in #12.")
NO_POSTS = N_("No post says this any more: there is nothing to merge.")
INTO_ERASED = N_("The claim that case was decided on was erased: merge it into this one instead.")
OTHER_HELD = N_("Somebody has the case to merge into in hand; its page says who.")
WAITS = N_("A case that waits for its second reader, or for a lead, can't be split or merged before they have read it.")
NO_TESTIMONY = N_("What people tell of their own lives is put under no verdict of true, false or misleading.")
NO_CLAIM = N_(
    "The machine reads these words as no claim, and opinion is free: a verdict on truth is for what can be checked."
)
ONE_ONLY = N_("This verdict rests on only one passage that isn't a party's; a second one would make it firmer.")
ANOTHER_SAYS = N_(
    "A passage shown beside the case that isn't a party's says the opposite of this verdict, and isn't ticked: read it."
)
LAW_ALONE = N_(
    "The claim tells of something that was done, and only law is ticked: what is forbidden may happen all the same."
)
OF_A_PARTY = N_(
    "A passage ticked that was written down here calls something untrue, and its source names no article of law: is it"
    " a party's own statement? If so, withdraw it and write it down in that role."
)
NO_RECORD = N_("The reason chosen names a record, and no passage ticked is a primary record.")
NO_INDEPENDENT = N_("The reason chosen names an independent source, and no passage ticked is from one.")
NO_CHECK = N_(
    "The reason chosen names an earlier finding, and no passage ticked is a fact-check or an earlier verdict."
)
NO_CONFLICT = N_("The reason chosen is that the evidence disagrees, and fewer than two passages are ticked.")
EVIDENCE_SPEAKS = N_(
    "The reason chosen is that there is no evidence yet, and a passage that is no party's says the same or otherwise."
)
SAYS_OTHERWISE = N_("The verdict is “True”, and of the passages ticked some say otherwise, and none says the same.")
SAYS_THE_SAME = N_("The verdict is “False”, and of the passages ticked some say the same, and none says otherwise.")
SAME_BY_ONE = N_(
    "The verdict is “True”, and one passage alone says the same as the machine reads it, which is often wrong: does it "
    "say just this, of the same people, of who pays whom, with the same numbers, and does it still hold?"
)
OTHERWISE = N_(
    "Posts of this case tell more or less than the claim, or in another order, and the verdict covers them too: read"
    " them over “Who says it”, and split off what it doesn’t hold for."
)
OWN_AGAIN = N_("You gave a verdict here before the case was reopened; it is better that somebody else reads it.")
OWN_DISPUTE = N_(
    "You are one of the two who came to different verdicts; it is better that another lead settles it, if there is one."
)
MAY_NAME = N_(
    "The claim goes out with the words it begins with: if they name a private person, word it for readers without them."
)
OF_ACCOUNT = N_(
    "The address of a passage ticked names an account, and is published: is it one of an office or an organization, not"
    " a private person's?"
)
TOLD_OTHERWISE = N_("The explanation for readers is still that of another verdict: make it fit yours, or empty it.")
NO_READER = N_("Nobody else may decide here, so no second person can read it: record it without asking for one.")
NOT_GOLDEN = N_("This case isn't golden any more: your practice verdict was compared with nothing, nor recorded.")
OWN_LANE = N_("What people tell of their own lives is kept apart from claims, and never merged with one.")
COVERED = N_("That case is decided, and its verdict would cover posts it wasn't given on; reopen it first.")
LEAVES = N_("This case is decided, and with its last posts its verdict would be gone untold; reopen it first.")
DECIDED = N_("This case is decided; reopen it before you take posts from it.")
MOVED_ON = N_("The posts have moved on since; take the later move back first.")
ERASED = N_("The words of this case were erased on request: there is nothing left to read anew.")
REPLACED = N_("A later verdict has taken this one's place, or the case was reopened; nothing was changed.")
TAKEN_BACK = N_("This was taken back already; nothing was changed.")
NO_PASSAGE = N_("There is no such passage, or it was taken back.")
NOT_BESIDE = N_("That passage isn't beside this case any more.")
NOT_LINKER = N_("Whoever put a passage beside a case, or a lead, takes it away again; where it was written, it stays.")
NO_WORDS = N_("Put down the words of the claim; no address is opened here.")
NO_ADDRESS = N_("An address starts with https:// or http://.")
OF_PERSON = N_("This address leads to a person (by a number, e-mail or page of theirs); give another, or none.")
WAS_ERASED = N_("This was erased on request, and isn't taken in again.")
MANY_OF_YOURS = N_("You brought in 80 claims in an hour, as many as one person may; bring this one later.")
MANY_BROUGHT = N_("The desk took in as many claims as it takes in an hour; bring this one later.")
NOT_BROUGHT = N_(
    "Only what was brought in by hand, shares its case with nothing else and was never decided is taken out."
)
OTHERS_TOO = N_(
    "A colleague brought something in here too, or wrote on this case. Split your own post off, and take that one out."
)
OTHERS_HERE = N_("A colleague wrote on this case, or put a passage beside it: it stays, and takes a verdict.")
IN_CASE = N_("The machine has read it meanwhile: it stands in a case, and is taken out there.")
NOT_BRINGER = N_("What waits to be read is taken out by whoever alone brought it in, or by a lead.")
NOT_WRITER = N_("A passage is withdrawn by whoever wrote it down here, or by a lead.")


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a form wasn't recorded, in its reader's language: of which of its fields, and `at` which of its parts that is
    said where it isn't before the first of them."""

    said: str
    fields: tuple[str, ...] = ()
    at: str = ""


class Refused(Exception):
    """Something that can't be done like this; the message is a sentence of the catalogue, of some fields of a form, and
    with it what `also` is to be put right there."""

    def __init__(self, sentence: str, *fields: str, also: tuple[str, ...] = ()) -> None:
        super().__init__(sentence)
        self.fields, self.also = fields, also


class MergedAway(HTTPException):
    """A case whose posts are in another one now."""

    def __init__(self, case_id: int, into: int) -> None:
        super().__init__(404, MERGED)
        self.case_id, self.into = case_id, into

    def told(self, sentence: str) -> str:
        """Its sentence, in whatever language, with the numbers of both cases."""
        return sentence.format(case=self.case_id, into=self.into)


class TooMany(Refused):
    """More than is taken in at a time; later it is."""


class Unread(Refused):
    """The machine hasn't read the post yet, which it will by itself."""


class ClaimRefused(Refused):
    """Words that can't be the claim of a case on a post."""
