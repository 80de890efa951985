"""One parsed sentence as a tree, for the rules that walk it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from consilience.read.encoder import Parse, Word

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "SYM", "X"})


@dataclass(frozen=True, slots=True)
class Tree:
    """The words of a sentence with the dependents of each; word numbers count from 0."""

    words: "Sequence[Word]"
    children: tuple[tuple[int, ...], ...]

    def with_relation(self, i: int, *relations: str) -> list[int]:
        """The dependents of `i` by these relations, their subtypes not counted."""
        return [c for c in self.children[i] if self.words[c].deprel in relations]

    def lemma(self, i: int) -> str:
        return self.words[i].lemma.lower()

    def lower(self, i: int) -> str:
        return self.words[i].text.lower()

    def subtree(self, i: int, *, without: frozenset[str] = frozenset()) -> set[int]:
        """`i` and all below it, dependents by the relations `without` left out at any depth."""
        found = {i}
        todo = [i]
        while todo:
            for child in self.children[todo.pop()]:
                if child not in found and self.words[child].deprel not in without:
                    found.add(child)
                    todo.append(child)
        return found

    def ancestors(self, i: int) -> Iterator[int]:
        """The governors of `i`, the nearest first."""
        for _ in self.words:
            i = self.words[i].head
            if i < 0:
                return
            yield i


def to_tree(parse: "Parse") -> Tree:
    children: list[list[int]] = [[] for _ in parse.words]
    for i, word in enumerate(parse.words):
        if word.head >= 0:
            children[word.head].append(i)
    return Tree(parse.words, tuple(tuple(c) for c in children))
