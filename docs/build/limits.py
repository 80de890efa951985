"""The page on limits, from the module that holds them."""

from consilience.ingest.html import SEEN_MIN
from consilience.ingest.limits import LIMITS, MIB, Limit
from consilience.ingest.looks import SEEN_FROM_PX
from consilience.web.access import GUESSES_MAX, GUESSES_WITHIN_S
from consilience.web.connections import HEAD_WITHIN_S
from consilience.web.guard import BODY_MAX_BYTES, BODY_WITHIN_S, FORM_FIELDS_MAX
from consilience.web.search import QUERY_MAX, TERMS_MAX
from consilience.web.serving import AT_ONCE_MAX, HEAD_MAX_BYTES
from docs.build.markdown import page, table

_SERVER = (
    Limit("the body of a request", f"{BODY_MAX_BYTES / MIB:.0f} MB", "413, and nothing is kept"),
    Limit("the time until it is there", f"{BODY_WITHIN_S} s", "the connection is closed"),
    Limit("the fields of a form", f"{FORM_FIELDS_MAX}", "400"),
    Limit("the head of a request", f"{HEAD_MAX_BYTES // 1024} KiB", "400"),
    Limit("the time until it is there", f"{HEAD_WITHIN_S:g} s", "408"),
    Limit("connections at once", f"{AT_ONCE_MAX}", "503"),
    Limit("wrong tokens from one address", f"{GUESSES_MAX} in {GUESSES_WITHIN_S} s", "429"),
    Limit("what is searched for", f"{QUERY_MAX} characters, {TERMS_MAX} terms", "422"),
)


def limits_page() -> str:
    return page(
        "Limits",
        "How much is taken of input that nobody vouches for. Whatever is left out is said: in a"
        " line on stderr, and under `failures` in the dossier, in its pages and in the account on"
        " the terminal (“2 of 214 documents were not read in full”).",
        table(("Of", "at most", "beyond"), LIMITS),
        "## What readers of a page do not see",
        "Words that a web page itself hides are no words of its report: by the attribute `hidden`,"
        " by the styles that stand in it (not displayed, not visible, clear, smaller than"
        f" {SEEN_FROM_PX:g} pixels, off the page, clipped, in the colour of their ground), or in"
        " elements that no browser shows. They are left out, and a line under `failures` says how"
        f" many characters of which page. Where less than {SEEN_MIN:.0%} of a page would be left a"
        " script is taken to show the rest: it is read, and said to be. What hides as a whole"
        " (`body`) hides nothing, `aria-hidden` and what is folded (`details`) is seen. Style"
        " sheets elsewhere and scripts are not looked at: what only they hide is read, and where a"
        " page has such sheets a ground that it does not name itself is not known.",
        "## Where parsers run",
        "HTML, feeds, mails, PDFs, web archives and Parquet files are parsed in a process of its"
        " own, begun when the first of them comes and ended with the command. It has the memory and"
        " the time above,"
        " none of the environment's variables, writes to no file and starts no program. On Linux it"
        " leaves the network, where the system lets users do that (`unshare`); everywhere Python's"
        " own sockets are refused to it, and its parsers are told to load nothing. It can read what"
        " the user can read. On macOS memory is not limited: the system does not do that. When it"
        " ends, it costs the one document, of a page only its layout; what it answers is checked"
        " before it is used.",
        "Plain text, Markdown and the text in JSON Lines are read by patterns of our own, in linear"
        " time, in the process of the command.",
        "## What a server takes",
        table(("Of", "at most", "beyond"), _SERVER),
    )
