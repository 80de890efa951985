"""Causes that a page names by an express word for causing: “the riot began when”, “led to”."""

import re
from collections.abc import Iterator

from consilience.records import Passage
from consilience.weigh.asked import AskedPage
from consilience.weigh.cause_words import Named, is_mishap, is_unsure

_FIGHTS = (
    r"(?:riot(?:ing|s)?|uprising|revolt|mutiny|rebellion|unrest|violence|trouble|clash(?:es)?"
    r"|fight(?:ing)?|fist ?fight|brawl|melee|scuffle|confrontation|disturbances?|standoff|siege"
    r"|disorder|protests?|march|gunfight|gun battle|firefight)"
)
_MISHAPS = (
    r"(?:crush|stampede|surge|panic|fires?|blaze|wildfire|bushfire|inferno|flames|blast|explosion"
    r"|crash|wreck|accident|collision|pile-?up|derailment|collapse|cave-in|sinking|capsizing"
    r"|outage|blackout|power cut|leak|spill|breach|disaster|tragedy|catastrophe|floods?|flooding"
    r"|landslide|mudslide|avalanche|outbreak|illness(?:es)?|poisonings?|sickness|failure|recall"
    r"|delays?|shutdown|closure)"
)
_VENTURES = (
    r"(?:deal|merger|takeover|talks|negotiations|bid|sale|project|launch|mission|agreement|truce"
    r"|ceasefire|purchase|acquisition|plan|bankruptcy|insolvency|positive test|test|defeat|loss"
    r"|strike|walkout|stoppage|dispute|tour|concert|festival|flight|match|election|referendum"
    r"|auction|trial|cancellation|withdrawal|postponement|resignation|dismissal)"
)
# Not of these: another such happening than the one told of.
_OTHER = (
    r"(?!(?:other|another|second|earlier|previous|similar|last|next|past|\w*\d\w*|of|in|at"
    r"|on|for|by|to|and|or|was|were|is|are|that|which|who|had|has|a|an|the)\b)"
)
_THE = (
    r"(?:(?:the|this|that)|(?:[\w-]{1,40} )?[\w-]{1,40}['’]s?)"
    rf" (?:{_OTHER}[\w'’-]{{1,40}} ){{0,4}}?"
)
_OF = r"(?: (?:of|at|in|on|near|between|aboard|inside|outside|that|which) [^.,;:“”\"\n]{1,60}?)?"
_EFFECT = rf"\b{_THE}(?:{_FIGHTS}|{_MISHAPS}|{_VENTURES})\b"
# “Started a fire”: one that the page tells of as the main event.
_A_NEW = rf"an? (?:{_OTHER}[\w'’-]+ ){{0,3}}?(?P<new>{_FIGHTS}|{_MISHAPS})\b"
_NAMED = rf"(?:{_EFFECT}{_OF}|(?:^|(?<=[“\"]))(?:it|this)(?: all)?)"
_FIGHT = rf"\b{_THE}{_FIGHTS}\b{_OF}"
_THING = r"(?P<cause>[^.,;:“”\"\n]{3,140})"
_LY = r"(?:(?!not|never)\w+ly |first |also )?"
_BE = rf"(?:was|were|is|are|had been|has been|have been|being) {_LY}"
_BEGAN = (
    r"(?:began|begun|started|starts|begins|erupted|ignited|kicked off|flared(?: up)?"
    r"|bro(?:ke|ken) out|boiled over)"
)
_SET_OFF = (
    r"(?:caused|started|sparked|triggered|set off|touched off|provoked|ignited|prompted"
    r"|brought about|brought on|precipitated|unleashed)"
)
_FAILED = (
    r"(?:failed|collapsed|crashed|came down|went down|sank|capsized|derailed|fell(?: through|"
    r" apart)?|broke down|foundered|came apart|happened"
    r"|occurred|stalled|fell flat|died|(?:was|were) (?:called off|cancelled|canceled|abandoned"
    r"|scrapped|dropped|halted|stopped|rejected|blocked|lost|delayed|postponed|withdrawn))"
)
_WHEN_LED = "(?:when|because(?: of)?|due to|owing to|thanks to|as a result of)"
_AFTER_CLAUSE = (
    r"(?!(?:the |a )?(?:\w+ )?(?:match|game|final|midnight|noon|dark|dawn|dusk|hours?|minutes?"
    r"|days?|weeks?|months?|years?|\d+)\b)"
)
_THINGS_WRECKED = (
    r"(?:plane|airliner|aircraft|jet|helicopter|balloon|bridge|roof|ferry|boat|ship|vessel|train"
    r"|tram|bus|coach|car|lorry|truck|van|crane|tower|building|stand|wall|dam|tunnel|mine|ceiling"
    r"|scaffold(?:ing)?|lift|stage|deal|merger|talks|government|company)"
)
# The effect stands first.
_OF_EFFECT = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_NAMED} (?:had |has )?{_BEGAN}(?: [^.,;:“”\"\n]{{1,40}}?)? {_WHEN_LED} {_THING}",
        rf"{_NAMED} (?:had |has )?{_BEGAN} (?:as (?=an? )|with (?=an? )|over ){_THING}",
        rf"(?:{_FIGHT}|^it(?: all)?) (?:had |has )?{_BEGAN}(?: [^.,;:“”\"\n]{{1,40}}?)? after"
        rf" {_AFTER_CLAUSE}"
        rf"{_THING}",
        rf"{_NAMED} {_BE}{_SET_OFF} (?:by|when|after) {_THING}",
        rf"{_NAMED} {_BE}(?:due to|down to|the result of|the fault of|the consequence of|blamed on"
        rf"|put down to|attributed to|traced (?:back )?to) {_THING}",
        rf"{_NAMED} (?:had )?(?:resulted|stemmed|arose|arisen|came about) (?:from|because(?: of)?"
        rf"|through|as a result of) {_THING}",
        rf"(?:{_NAMED}|^they) (?:had |has )?{_FAILED}(?: [^.,;:“”\"\n]{{1,40}}?)? (?:because(?:"
        rf" of)?|due to"
        rf"|owing to|as a result of|over) {_THING}",
        rf"\b(?:cause|reason) (?:of|for|behind) {_EFFECT}{_OF} {_BE}(?:that )?{_THING}",
        rf"{_NAMED} {_BE}caused {_LY}by {_THING}",
        rf"\b(?:blam(?:ed|es)|attribut(?:ed|es)|puts?) {_EFFECT}{_OF} (?:on|to|down to) {_THING}",
        rf"\bwhat {_SET_OFF} {_EFFECT}{_OF} (?:was|were|is) {_THING}",
        rf"\b{_A_NEW} (?:that was |which was )?{_LY}{_SET_OFF} by {_THING}",
        rf"\b{_A_NEW} that {_BEGAN}(?: [^.,;:“”\"\n]{{1,40}}?)? {_WHEN_LED} {_THING}",
        rf"\bthe (?:[\w-]+ ){{0,3}}?{_THINGS_WRECKED}{_OF} (?:had )?(?:went down|gone down|sank"
        rf"|capsized|fell"
        r"|collapsed|crashed|derailed|exploded|burned|overturned|caught fire|gave way|failed|burst"
        r"|broke (?:up|apart|loose)|ran aground|came off the rails|hit the ground|tipped over"
        rf"|came down|left the road) (?:because(?: of)?|due to|owing to|as a result of) {_THING}",
        r"\b(?:strike|walkout|stoppage|protests?|dispute|row|riot|revolt|uprising|mutiny|brawl)"
        r" (?:is|was|are|were) (?:over|about)"
        rf" (?!\w+ly\b)(?!(?:and|after|for|but|now|when|in|at|by|on|to)\b){_THING}",
    )
)  # fmt: skip
# What caused it stands first.
_WRECK = (
    r"(?:derail|crash|sink|collapse|capsize|explode|fall|fail|overturn|catch fire|give way|swerve"
    r"|tip over|come down|come off|run aground|veer|burst|jump|skid|roll over|turn over)"
)
_TO_EFFECT = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:had |has |have )?(?:caus(?:ed|es)|led to|leads to|sparked|triggered|set off"
        rf"|touched off|provoked|started|ignited|brought about|brought on|resulted in|prompted"
        rf"|(?:was|were|is|are|lay|lies) behind|(?:was|were|is|are|had been) (?:\w+ly )?to blame"
        rf" for"
        rf"|(?:was|were|is) the (?:\w+ )?(?:cause|reason)s? (?:of|for|behind)) {_EFFECT}",
        rf"\b(?:had |has )?(?:made|caused|forced|sent) (?:the|an?) (?:[\w-]+ )?{_THINGS_WRECKED}"
        rf" (?:to )?{_WRECK}\b",
        rf"\b(?:had |has )?(?:caused|led to|sparked|triggered|set off|touched off|provoked|started"
        rf"|ignited) {_A_NEW}",
        rf"\b(?:had |has )?(?:brought down|derailed|sank|capsized|overturned) (?:the|an?)"
        rf" (?:[\w-]+ ){{0,2}}{_THINGS_WRECKED}\b",
        rf"\b(?:had |has )?brought (?:the|an?) (?:[\w-]+ ){{0,2}}{_THINGS_WRECKED} down\b",
        r"\b(?:was|were|is|are|had been) (?:\w+ly )?to blame\b(?! for)",
        r"\b(?:was|were) the (?:\w+ )?(?:cause|culprit)\b(?! of| for)",
    )
)
_SUSPECTED = re.compile(
    rf"\b(?:is|are|was|were) suspected of (?:starting|causing|setting off|sparking|lighting"
    rf"|triggering) {_EFFECT}",
    re.IGNORECASE,
)
_SUSPECTING = re.compile(
    r"\bsuspect(?:s|ed)? (?P<cause>[^.,;:“”\"\n]{3,60}?) of (?:starting|causing|setting off"
    r"|sparking"
    rf"|lighting|triggering) {_EFFECT}",
    re.IGNORECASE,
)
_LEFT_BURNING = re.compile(
    r"\b(?P<cause>(?:an?|the|his|her|their) (?:\w+ )?(?:campfire|bonfire|cigarette|candle|stove"
    r"|heater|iron|barbecue|grill|lamp|oven|torch|cooker|fryer|brazier)s?(?: had)?"
    r" (?:was|were|been|had been) left (?:burning|on|unattended|lit|smouldering|smoldering"
    r"|switched on))\b",
    re.IGNORECASE,
)
_DRIVER = (
    r"(?:driver|pilot|captain|skipper|helmsman|conductor|controller|signalman|dispatcher|operator"
    r"|lookout|engineer|motorist|rider|lifeguard)"
)
_DISTRACTED = re.compile(
    rf"\b{_DRIVER}\b(?:, [^,;.\n]{{1,40}}(?:, \d+)?,)? (?P<cause>(?:had been|was|were)"
    r" (?:looking (?:down )?at|using|on (?:his|her|their|the|an?) (?:\w+ )?(?:phone|call|radio)"
    r"|talking on|talking into|texting|checking|watching|playing"
    r"|filming|scrolling|reading|sending|distracted by|looking for|reaching for)\b"
    r"[^.,;“”\"\n]{0,60}|(?:had )?(?:(?:suffered|had) an? (?:heart attack|stroke|seizure|fit"
    r"|blackout)"
    r"|fainted|passed out|blacked out|been drinking|fallen ill)\b)",
    re.IGNORECASE,
)
_CONTROL = re.compile(
    r"\b(?:lost control(?: of [^.,;“”\"\n]{1,30}?)?|skidded|slid|swerved|left the road"
    r"|came off the rails|jumped the (?:rails|tracks?)) (?:(?:on|in) (?P<cause>(?:a (?:\w+ )?"
    r"(?:patch|sheet|stretch) of \w+|(?:\w+ ){0,2}?(?:ice|snow|oil|gravel|mud|leaves|rain|fog"
    r"|water|hail|slush|sand)))\b|(?:because(?: of)?|due to|when|after|to avoid|avoiding)"
    r" (?P<why>[^.,;:“”\"\n]{3,90}))",
    re.IGNORECASE,
)
_SHOT_DOWN = re.compile(
    r"\b(?P<cause>(?:the|an?) (?:[\w-]+ ){0,2}?(?:plane|airliner|aircraft|jet|helicopter|flight"
    r"|drone|balloon)(?: \w*\d\w*)? (?:was|had been) (?:shot|brought) down by [^.,;“”\"\n]{3,60}"
    r"|[^.,;:“”\"\n]{3,50} (?:shot down|brought down) (?:the|an?) (?:[\w-]+ ){0,2}?(?:plane"
    r"|airliner|aircraft|jet|helicopter)(?: \w*\d\w*)?)\b",
    re.IGNORECASE,
)
# Before the words for what caused it: who says so, or another clause.
_LED_UP = re.compile(
    r"[,;:“”\"—–\n]\s*|\b(?:said|says?|found|finds|concluded|concludes|believed?|believes|ruled"
    r"|determined|show(?:ed|s|n)|established|admitted|insisted|insists|argued|acknowledged"
    r"|reported|confirmed|states?|stated|claimed|added|testified|told [^,;.\n]{1,30}?)"
    r"(?: (?:on|in) \w+| later| last \w+)?(?: that)?\s+|\bthat\s+(?=(?:an?|the|faulty)\b)",
    re.IGNORECASE,
)
# Any of the words that the patterns of causing need.
_CUE = re.compile(
    r"\b(?:beg[au]n|begins|start|erupt|ignit|kicked off|flared|bro(?:ke|ken) out|boiled|caus"
    r"|spark|trigger|set off|touched off|provok|prompt|brought|precipit|unleash|due to|down to"
    r"|the result of|fault of|consequence of|blame|attributed|traced|result|stemmed|ar[oi]se"
    r"|came about|because|owing to|reason|led to|leads to|behind|made|forced|sent|culprit| over )",
    re.IGNORECASE,
)
# No sentence of prose is longer.
_MAX_SENTENCE_CHARS = 600
_CLAUSE = re.compile(r"\b(?:when|after|because(?! of)|that)\s+$", re.IGNORECASE)
# “It was a spark that”; “a valve, which had leaked for weeks,”.
_CLEFT = re.compile(r"it (?:was|is) (?P<cause>.+?) (?:that|which|who)", re.IGNORECASE)
_ASIDE = re.compile(r",[^,“”\"]{2,80},$")
_IS_EFFECT = re.compile(rf"{_EFFECT}{_OF}", re.IGNORECASE)
_CONSEQUENCE = re.compile(
    r"\b(?:closure|shutdown|delays?|recall|outage|blackout|unrest|protests?|clash(?:es)?|march"
    r"|panic|tragedy|loss)$",
    re.IGNORECASE,
)
_AFTERMATH = re.compile(r"\b(?:closure|shutdown|delays?|recall|loss|march)\b", re.IGNORECASE)
_NO_CAUSE = re.compile(
    r"(?:who|he|she|they|it|this|that|these|which|there|and|but"
    r"|.*\b(?:that|which|who|to|and|what|how))$",
    re.IGNORECASE,
)
_BURNS = frozenset({"fire", "accident", "disaster"})
_WRECKS = ("crash", "wreck", "went down")


def beginnings(page: AskedPage) -> Iterator[Named]:
    main = page.case.events[0]
    for sentence in page.reading.sentences:
        told = page.case.event_by_sentence.get(sentence)
        if told != main.id and main.mentions:
            continue
        words = page.document.text[sentence.start : sentence.end]
        if len(words) <= _MAX_SENTENCE_CHARS and not words.rstrip('”" ').endswith("?"):
            if _CUE.search(words):
                yield from _in_sentence(page, sentence, words)
            yield from _in_set_words(page, sentence, words)


def _in_sentence(page: AskedPage, sentence: Passage, words: str) -> Iterator[Named]:
    for pattern in _OF_EFFECT:
        found = pattern.search(words)
        if found and _is_told_of(page, found) and not is_unsure(words[: found.start("cause")]):
            is_clause = _CLAUSE.search(words[: found.start("cause")]) is not None
            yield _named(sentence, found.span("cause"), found.span(), is_clause=is_clause)
            break
    for pattern in _TO_EFFECT:
        found = pattern.search(words)
        if found and _is_told_of(page, found):
            yield from _before(sentence, words, found)
            break


def _is_told_of(page: AskedPage, found: re.Match[str]) -> bool:
    """Whether what is only now named, or often comes after, is what the main event is called by."""
    new = found.groupdict().get("new")
    upto = found.start("cause") if "cause" in found.re.groupindex else found.end()
    after = _AFTERMATH.search(found.string, found.start(), upto)
    return all(m is None or m.lower() in _main_words(page) for m in (new, after and after[0]))


def _main_words(page: AskedPage) -> frozenset[str]:
    main, texts = page.case.events[0], {d.id: d.text for d in page.case.documents}
    return frozenset(texts[m.document_id][m.start : m.end].lower() for m in main.mentions)


def _in_set_words(page: AskedPage, sentence: Passage, words: str) -> Iterator[Named]:
    main = page.case.events[0]
    if main.kind in _BURNS and (found := _SUSPECTED.search(words)):
        yield from _before(sentence, words, found, is_clause=True)
    if main.kind in _BURNS and (found := _SUSPECTING.search(words)):
        yield _named(sentence, found.span("cause"), found.span(), is_clause=True)
    if main.kind == "fire" and (found := _LEFT_BURNING.search(words)):
        yield _named(sentence, found.span("cause"), found.span(), is_clause=True)
    if is_mishap(main) or main.kind == "disaster":
        if (found := _DISTRACTED.search(words)) and not is_unsure(words[: found.start()]):
            yield _named(sentence, found.span("cause"), found.span(), is_clause=True)
        if (found := _CONTROL.search(words)) and not is_unsure(words[: found.start()]):
            group = "cause" if found["cause"] else "why"
            is_clause = _CLAUSE.search(words[: found.start(group)]) is not None
            yield _named(sentence, found.span(group), found.span(), is_clause=is_clause)
    found = _SHOT_DOWN.search(words)
    if found and not is_unsure(words[: found.start()]) and _is_wreck(page):
        yield _named(sentence, found.span(), found.span(), is_clause=True)


def _is_wreck(page: AskedPage) -> bool:
    """Whether the main event is told as a crash, of which a shooting down is the cause."""
    return any(word.startswith(_WRECKS) for word in _main_words(page))


def _before(
    sentence: Passage, words: str, found: re.Match[str], *, is_clause: bool = False
) -> Iterator[Named]:
    """What stands before a verb of causing, from where its own clause begins."""
    before = _ASIDE.sub("", words[: found.start()].rstrip())
    starts = [m.end() for m in _LED_UP.finditer(before) if m.end() < len(before)]
    start = max(starts, default=0)
    cause = before[start:]
    if cleft := _CLEFT.fullmatch(cause):
        start, cause = start + cleft.start("cause"), cleft["cause"]
    if _IS_EFFECT.fullmatch(cause) and _CONSEQUENCE.search(found[0]):
        return
    is_cause = len(cause) >= 3 and not _NO_CAUSE.match(cause)
    lead = re.split(r"\b(?:that|which|who)\b", cause, maxsplit=1)[0]
    if (
        is_cause
        and not is_unsure(words[:start] + lead)
        and not is_unsure(" ".join(cause.split()[-2:]))
    ):
        span = (start, start + len(cause))
        yield _named(sentence, span, (start, found.end()), is_clause=is_clause)


def _named(
    sentence: Passage, cause: tuple[int, int], told: tuple[int, int], *, is_clause: bool
) -> Named:
    document, start = sentence.document_id, sentence.start
    return Named(
        Passage(document, start + cause[0], start + cause[1]),
        Passage(document, start + told[0], start + told[1]),
        None,
        is_clause=is_clause,
        is_express=True,
    )
