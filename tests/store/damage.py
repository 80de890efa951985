"""A kept case, what it answers at every door, and the ways in which its file goes bad."""

import re
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from random import Random

import apsw

from consilience.answers import open_case
from consilience.errors import ConsilienceError
from consilience.interchange import dossier_to_json, dumps
from consilience.pipeline import run
from consilience.read import reader_version
from consilience.records import Decision, DecisionKind, Target, TargetKind
from consilience.store import Role, Token, open_register, open_store
from tests.small_cases import STARTED, OneReader, page, raw

PAGE = 4096
FIRST = (
    "Nine dead in quarry fall\n\nPORT CALLIS, March 4, 2031 - Nine people were killed when a wall"
    " of the Orsa quarry fell on Monday, the coast guard said.\n\n"
    '"Nobody sounded the alarm," said Ines Marabe, a driver.\n'
)
SECOND = (
    "Quarry toll rises\n\nPORT CALLIS, March 6, 2031 - Fourteen people were killed when the wall"
    " fell on Monday, said Olga Brandt, the labour minister.\n"
)
PEOPLE = b"id,name\nQ1,Olga Brandt\n"
MARABE = Target(TargetKind.ENTITY, "Ines Marabe", ())
NOW = "2031-03-07T10:00:00Z"

Damage = Callable[[bytearray, Random], None]
Answers = dict[str, str]


def make_case(path: Path, engine: OneReader) -> None:
    """Two states, a list of people, decisions, a token, what was handed in and stands aside."""
    with closing(open_store(path)) as store:
        store.add_known("people.csv", PEOPLE)
        first = raw(page(FIRST, "Callis Herald", "2031-03-04"))
        run([first], store, engine, STARTED, memory=path)
        store.add_decision(
            Decision(DecisionKind.NOTE, (MARABE,), (), None, "Iris", NOW, "Ask the guard.")
        )
        store.add_decision(Decision(DecisionKind.UNDO, (), (), 1, "Iris", NOW, "Asked."))
        run([raw(page(SECOND, "Harbour Post", "2031-03-06"))], store, engine, STARTED)
        older = page(FIRST.replace("Nine", "Six"), "Callis Herald", "2031-03-04")
        run([raw(older), first], store, engine, STARTED)
        store.supersede([(first.name, first.sha256)])
        run((), store, engine, STARTED)
    with closing(open_register(path)) as register:
        register.add_token(Token("Anna", Role.READ, "0" * 64, NOW, "2031-04-07T10:00:00Z"))
        register.hand_in([("late.txt", b"The quarry at Orsa stays shut.")], "Anna", NOW)


def answers(path: Path, engine: OneReader) -> Answers:
    """What each door says of a case; of one that refuses, the line of its error."""
    said: Answers = {}
    for name, ask in _DOORS.items():
        try:
            said[name] = ask(path, engine)
        except ConsilienceError as error:
            said[name] = f"refused: {error}"
    return said


def is_refused(answer: str) -> bool:
    return answer.startswith("refused: ")


def _account(path: Path, engine: OneReader) -> str:
    with closing(open_store(path)) as store:
        return dumps(dossier_to_json(run((), store, engine, STARTED, memory=path)))


def _export(path: Path, _: OneReader) -> str:
    with closing(open_store(path)) as store:
        last = store.last_dossier()
        return "" if last is None else dumps(dossier_to_json(last))


def _history(path: Path, _: OneReader) -> str:
    with closing(open_store(path)) as store:
        states = [(one.kept, dumps(dossier_to_json(one.dossier))) for one in store.dossiers()]
        lines = [store.state_line(number) for number, _ in enumerate(states, start=1)]
        return f"{states} {lines}"


def _beliefs(path: Path, _: OneReader) -> str:
    with closing(open_store(path)) as store:
        return f"{store.judgements()}"


def _assistant(path: Path, _: OneReader) -> str:
    asked = open_case(path)
    return f"{asked.dossier} {asked.documents} {asked.readings}"


def _server(path: Path, _: OneReader) -> str:
    with closing(open_register(path)) as register, closing(open_store(path)) as store:
        originals = [store.original(document.id) for document in store.documents()]
        found = store.sentences(reader_version())
        handed_in = register.additions(), register.waiting(), register.tokens()
        return f"{store.decisions()} {store.known()} {originals} {found} {handed_in}"


def _tokens(path: Path, _: OneReader) -> str:
    with closing(open_register(path)) as register:
        return f"{register.tokens()} {register.additions()}"


# The account comes last: it writes.
_DOORS: dict[str, Callable[[Path, OneReader], str]] = {
    "tokens": _tokens, "server": _server, "history": _history, "beliefs": _beliefs,
    "assistant": _assistant, "export": _export, "account": _account,
}  # fmt: skip


def _flip(n: int) -> Damage:
    def flip(content: bytearray, chance: Random) -> None:
        for _ in range(n):
            content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)

    return flip


def _flip_early(content: bytearray, chance: Random) -> None:
    """In the header or the schema."""
    for _ in range(chance.choice((1, 1, 4))):
        content[chance.randrange(min(PAGE, len(content)))] = chance.randrange(256)


def _flip_small(content: bytearray, chance: Random) -> None:
    """In a page that is neither the inside of a long text nor empty."""
    trees = [at for at in range(0, len(content), PAGE) if content[at] in (2, 5, 10, 13)]
    content[chance.choice(trees) + chance.randrange(PAGE)] ^= 1 << chance.randrange(8)


# Nothing at all is a case that is to be begun.
def _cut(content: bytearray, chance: Random) -> None:
    del content[chance.randrange(1, len(content)) :]


def _cut_by_pages(content: bytearray, chance: Random) -> None:
    del content[PAGE * chance.randrange(1, len(content) // PAGE) :]


def _zero_header(content: bytearray, _: Random) -> None:
    content[:100] = bytes(100)


def _zero_page(content: bytearray, chance: Random) -> None:
    at = PAGE * chance.randrange(len(content) // PAGE)
    content[at : at + PAGE] = bytes(PAGE)


def _zero_sector(content: bytearray, chance: Random) -> None:
    at = 512 * chance.randrange(len(content) // 512)
    content[at : at + 512] = bytes(512)


def _swap_pages(content: bytearray, chance: Random) -> None:
    a, b = (PAGE * n for n in chance.sample(range(len(content) // PAGE), 2))
    content[a : a + PAGE], content[b : b + PAGE] = content[b : b + PAGE], content[a : a + PAGE]


def _repeat_page(content: bytearray, chance: Random) -> None:
    a, b = (PAGE * n for n in chance.sample(range(len(content) // PAGE), 2))
    content[a : a + PAGE] = content[b : b + PAGE]


def _other_schema(content: bytearray, chance: Random) -> None:
    """The number of the schema alone: older than the tables are, or newer than we know."""
    content[60:64] = chance.choice((*range(8), 99, 2**31)).to_bytes(4)


def _nonsense(content: bytearray, chance: Random) -> None:
    at = chance.randrange(len(content))
    length = chance.randrange(1, 3 * PAGE)
    content[at : at + length] = chance.randbytes(len(content[at : at + length]))


def _append(content: bytearray, chance: Random) -> None:
    content += chance.randbytes(chance.randrange(1, 2 * PAGE))


DAMAGES: tuple[Damage, ...] = (
    _flip(1), _flip(1), _flip(3), _flip(30), _flip(300), _flip_early, _flip_small, _flip_small,
    _cut, _cut_by_pages, _zero_header, _zero_page, _zero_sector, _swap_pages, _repeat_page,
    _other_schema, _nonsense, _append,
)  # fmt: skip


def damaged(whole: bytes, number: int) -> bytes:
    """The bytes gone bad; the same number, the same damage."""
    content = bytearray(whole)
    DAMAGES[number % len(DAMAGES)](content, Random(number))
    return bytes(content)


def letters(path: Path) -> list[tuple[str, bytes]]:
    """The longest text of each column of each table, by the name of the column."""
    db = apsw.Connection(str(path))
    tables = db.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB 'sqlite_*'"
    ).fetchall()
    found = []
    for (table,) in tables:
        for _, column, *_ in db.execute(f"PRAGMA table_info({table})").fetchall():
            sql = (
                f"SELECT DISTINCT {column} FROM {table} WHERE typeof({column}) IN ('text', 'blob')"
            )
            for (value,) in db.execute(f"{sql} ORDER BY length({column}) DESC LIMIT 1"):
                content = value.encode() if isinstance(value, str) else bytes(value)
                found.append((f"{table}.{column}", content[:24]))
    db.close()
    return sorted(found)


def places(whole: bytes, words: bytes) -> list[int]:
    """Where a text stands in a file: in its table, in indexes, and where it once stood."""
    return [hit.start() for hit in re.finditer(re.escape(words), whole)]


def with_another_letter(whole: bytes, at: int) -> bytes:
    return whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]
