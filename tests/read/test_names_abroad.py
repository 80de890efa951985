"""Names on Spanish pages, which the encoder was not trained on."""

from dataclasses import replace

import pytest

from consilience.read import Reader
from tests.factory import document


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("La alcaldesa Ana Ruiz habló en Arlow.", ["person Ana Ruiz", "place Arlow"]),
        (
            "Nadie habló con Rodrigo «El Zorro» Vega, dijo la ministra Lucía Paz Soto.",
            ["person Rodrigo «El Zorro» Vega", "person Lucía Paz Soto"],
        ),
        (
            "Omar Haddad y Pedro de la Vega murieron en San Juan del Río.",
            ["person Omar Haddad", "person Pedro de la Vega", "place San Juan del Río"],
        ),
        ("Nueve personas murieron en la inundación de Corrin.", ["place Corrin"]),
        ("Nadie volverá a bajar.", []),
        ("La niña Ana Ruiz vive en El Alto.", ["person Ana Ruiz", "place El Alto"]),
    ],
)
def test_names_are_known_by_capitals_and_given_names(
    text: str, expected: list[str], reader: Reader
) -> None:
    page = replace(document(text), language="es")
    found = [m for m in reader(page).mentions if m.named]
    assert [f"{m.kind} {text[m.passage.start : m.passage.end]}" for m in found] == expected
