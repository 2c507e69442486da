"""What the desk calls the words of the store, in English; words.py says it in the reader's language."""

from pipeline.store import pieces


def N_(text: str) -> str:  # noqa: N802  # gettext's own name for "translated later"
    """Mark a text for translation where it is written."""
    return text


VERDICTS = {
    "false": N_("False"), "misleading": N_("Misleading"), "true": N_("True"), "unverifiable": N_("Can't be verified"),
    "opinion": N_("Opinion"), "testimony": N_("Testimony"), "not_rights": N_("Not about rights"),
}  # fmt: skip
# one letter each, none of which is a key for something else (see templates/keys.html); translated as "key" context
KEYS = {
    "false": N_("f"), "misleading": N_("m"), "true": N_("t"), "unverifiable": N_("u"), "opinion": N_("o"),
    "testimony": N_("p"), "not_rights": N_("n"),
}  # fmt: skip
REASONS = {
    "contradicted_by_record": N_("A record says otherwise"),
    "contradicted_by_independent": N_("An independent source says otherwise"), "fabricated": N_("Made up"),
    "repeats_refuted": N_("Repeats a claim found false before"), "impostor": N_("Pretends to come from somebody else"),
    "missing_context": N_("Leaves out what matters"), "outdated": N_("Was so once, isn't now"),
    "wrong_number": N_("The number is wrong"), "wrong_attribution": N_("Somebody else said or did it"),
    "exaggerated": N_("Exaggerated"), "confirmed_by_record": N_("A record confirms it"),
    "confirmed_by_independent": N_("An independent source confirms it"), "no_evidence_yet": N_("No evidence so far"),
    "conflicting_evidence": N_("The evidence disagrees"), "not_public": N_("What would settle it isn't public"),
    "view": N_("A view or judgement"), "satire": N_("Satire"), "prediction": N_("A prediction"),
    "call": N_("A call for something"), "own_experience": N_("What the writer lived through"),
    "family_experience": N_("What somebody close lived through"), "other_topic": N_("About something else"),
    "not_a_claim": N_("Claims nothing"), "not_vietnamese": N_("Not in Vietnamese"),
}  # fmt: skip
FLAGS = {
    "REPEATS_REFUTED": N_("Repeats a claim found false"), "CONTRADICTS_EVIDENCE": N_("Evidence says otherwise"),
    "UNSUPPORTED_SPREADING": N_("Spreading without evidence"), "AUDIT": N_("Random sample"),
    "BY_HAND": N_("Opened by hand"),
}  # fmt: skip
RIGHTS = {
    "CCPR": N_("Civil and political rights"), "CESCR": N_("Economic, social and cultural rights"),
    "CEDAW": N_("Women's rights"), "CERD": N_("Racial discrimination"), "CRC": N_("Children's rights"),
    "CRPD": N_("Rights of persons with disabilities"), "CAT": N_("Torture"),
    "OTHER_RIGHTS": N_("Human rights in general"),
}  # fmt: skip
ROLES = {
    "primary": N_("Primary record"),
    "independent": N_("Independent source"),
    "party": N_("A party's own statement"),
}
ROLES_TOLD = {
    "primary": N_("a law, a treaty, an official record"),
    "independent": N_("a source that has no part in the matter"),
    "party": N_("somebody speaking of themselves: an authority, an accused, a claimant; also when it calls “fake news”"
                " what is said of it"),
}  # fmt: skip
STATES = {
    "new": N_("New"), "reopened": N_("Reopened"), "reading": N_("In somebody's hands"),
    "second": N_("Needs a second reader"),
    "disputed": N_("Readers disagree"), "decided": N_("Decided"),
}  # fmt: skip
LANES = {"claims": N_("Claims"), "testimony": N_("Testimony"), "audit": N_("Random sample")}
KINDS = {
    "feed": N_("News site"), "sitemap": N_("News archive"), "listing": N_("Page list"), "forum": N_("Forum"),
    "telegram": N_("Telegram"), "mastodon": N_("Mastodon"), "bluesky": N_("Bluesky"), "other": N_("Other source"),
}  # fmt: skip
HEALTH = {
    "new": N_("not looked at yet"), "ok": N_("well"), "slow": N_("slow"), "failing": N_("can't be read"),
    "blocked": N_("keeps us out"), "gone": N_("no longer there"), "paused": N_("asked us to wait"),
}  # fmt: skip
AGES = {"day": N_("Last 24 hours"), "week": N_("Last 7 days"), "month": N_("Last 30 days")}
SPREADS = {
    "one": N_("One source at most"),
    "few": N_("2 or 3 sources"),
    "several": N_("4 to 9 sources"),
    "many": N_("10 sources or more"),
}
SLOTS = {
    "number": N_("the number"), "date": N_("the date"), "place": N_("the place"), "actor": N_("who it is about"),
    "negation": N_("yes or no"), "article": N_("the article of law"), "quantifier": N_("how many of them"),
    "modality": N_("must or may"), "direction": N_("up or down"), "other": N_("another detail"),
}  # fmt: skip
RELATIONS = {
    "supports": N_("Says the same"), "contradicts": N_("Says otherwise"), "related": N_("Possibly related"),
}  # fmt: skip
DESK_ROLES = {
    "moderator": N_("Moderator"), "lead": N_("Lead"), "operator": N_("Operator"), "researcher": N_("Researcher"),
    "admin": N_("Administrator"),
}  # fmt: skip
# why the desk itself reopened a case
REOPENINGS = {
    "evidence_changed": N_("A passage that the verdict rests on was changed or withdrawn"),
    "evidence_withdrawn": N_("A fact-check that the verdict rests on was withdrawn"),
    "evidence_taken_back": N_("An earlier verdict that this one rests on was taken back"),
}
DONE = {  # what the log says of people
    "user added": N_("added somebody"), "user role": N_("gave somebody another role"),
    "user off": N_("blocked somebody’s account"), "user on": N_("opened somebody’s account again"),
    "login link made": N_("made a login link"), "login link ended": N_("took a login link back"),
    "password set": N_("set a password"), "sign-in": N_("signed in"),
    "sign-in refused": N_("was refused: wrong password"), "sign-out": N_("signed out"), "erase": N_("erased a post"),
    "erase_files": N_("took an erased post out of files"), "evidence_remove": N_("removed a passage"),
    "evidence_restore": N_("brought a removed fact back"),
    "contraries_import": N_("brought rows against passages"), "contraries_remove": N_("took rows back"),
    "decide": N_("decided"), "undo": N_("took it back"), "reopen": N_("reopened the case"),
    "evidence added": N_("added evidence"), "evidence unlinked": N_("took evidence from a case"),
    "golden": N_("made a case golden"),
    "not golden": N_("made a case ordinary again"), "hand over": N_("handed a case over"),
    "note": N_("wrote a note on a case"), "open case": N_("opened a case"),
    "bring in": N_("brought a claim in"), "take out": N_("took out what was brought in"),
    "take out unread": N_("took out what was brought in"),
    "put aside": N_("put a case aside"), "release": N_("gave a case back"),
    "free": N_("freed a case that somebody had in hand"), "split": N_("split a case"),
    "undo hand over": N_("took a hand-over back"),
    "merge": N_("merged two cases"), "undo move": N_("took a split or merge back"), "token made": N_("made a token"),
    "words erased": N_("erased what a verdict was given on"),
    "token revoked": N_("ended a token"), "lock": N_("locked the desk"), "unlock": N_("opened the desk again"),
}  # fmt: skip
OF_CASES = frozenset({  # what the log says of cases by their number
    "decide", "undo", "reopen", "evidence added", "evidence unlinked", "golden", "not golden", "hand over", "put aside",
    "release", "free", "split", "merge", "undo move", "undo hand over", "note", "open case", "take out",
    "words erased",
})  # fmt: skip
WAYS = {"password": N_("by password"), "link": N_("by a login link"), "new password": N_("with the new password")}
ALERTS = {  # what is wrong, by the first words of an alert's key; the second is its source, channel or job
    "backlog.scores": N_("Posts wait too long to be scored"), "backlog.cases": N_("Cases wait too long for a verdict"),
    "desk.port": N_("Another program has the desk's port"),
    "disk": N_("The disk is nearly full"), "model.live": N_("Another model than the promoted one scores"),
    "model.drift": N_("Scores fall otherwise than they used to"), "backup": N_("The last backup is old"),
    "job": N_("A job keeps failing: {what}"), "alerts": N_("Messages can't be delivered by {what}"),
    "network": N_("Most sources can't be reached"), "sources.overdue": N_("Sources aren't being looked at"),
    "sources.contact": N_("Sources aren't asked: nobody to reach is named (crawl.contact)"),
    "source.failing": N_("A source can't be read: {what}"), "source.blocked": N_("A source keeps us out: {what}"),
    "source.gone": N_("A source is no longer there: {what}"), "source.paused": N_("A source asked us to wait: {what}"),
    "source.silent": N_("A source has fallen silent: {what}"),
    "source.many": N_("A source brings far more than usual: {what}"),
    "source.few": N_("A source brings far less than usual: {what}"),
    "source.closed": N_("No page of a source can be read: {what}"),
    "source.unreadable": N_("Pages of a source give no text: {what}"),
    "source.bare": N_("A source's list has no entry any more: {what}"),
    "source.overflow": N_("A source's lists name more pages than can be kept waiting: {what}"),
    "source.unlisted": N_("None of a source's sitemaps can be read: {what}"),
}  # fmt: skip
READ_AS = {  # the kinds that a text can be read as
    "claim": N_("a claim"), "opinion": N_("an opinion"), "testimony": N_("testimony"), "question": N_("a question"),
    "other": N_("something else"),
}  # fmt: skip
ENDED = {
    "running": N_("at work"), "done": N_("done"), "failed": N_("failed"), "stopped": N_("stopped"),
}  # fmt: skip
STEPS = {
    "crawl": N_("Crawl"), "score": N_("Score"), "rescore": N_("Score again"), "recheck": N_("Lay beside new evidence"),
    "backup": N_("Back up"), "prune": N_("Let old texts go"), "tidy": N_("Tidy the file"),
}  # fmt: skip
OUTCOMES = {
    "listed": N_("lists read"), "new": N_("new"), "edited": N_("edited"), "known": N_("known already"),
    "unchanged": N_("unchanged"), "gone": N_("gone"), "not_vietnamese": N_("not in Vietnamese"), "empty": N_("empty"),
    "not_a_feed": N_("not a feed"), "broken": N_("unreadable"), "too_large": N_("too large"),
    "too_slow": N_("too slow"),
    "robots": N_("kept away by robots.txt"), "private_address": N_("at a private address"), "bad_link": N_("bad link"),
    "redirect_loop": N_("sent round in circles"), "blocked": N_("blocked"), "throttled": N_("asked to come later"),
    "server_error": N_("server error"), "network_error": N_("network error"), "dns_error": N_("name not found"),
    "bad_certificate": N_("certificate not to be trusted"),
    "unreadable": N_("not storable"), "failed": N_("failed through us"), "flagged": N_("evidence says otherwise"),
    "spreading": N_("spreading without evidence"), "audited": N_("drawn for the sample"),
    "joined": N_("joined a case"), "to_check": N_("worth a check"), "testimony": N_("testimony"),
    "protected": N_("opinion or question (left alone)"), "not_rights": N_("not about rights"),
}  # fmt: skip
GONE = {pieces.ERASED: N_("Erased on request"), pieces.TAKEN_BACK: N_("This passage was withdrawn.")}  # its words
NONE_NEAR = N_("No passage in the evidence store is close to this claim; that says nothing of its truth.")
