"""An invented case in which every kind of claim is made and weighed."""

from consilience.records import Dossier
from tests.small_cases import OneReader, page, tell, thread

_FIRST = (
    "The smuggler Pavel Rusk was captured by the coast guard on Tuesday, 14 May 2024, in Corrin. "
    "Eight people died in the shooting at Corrin, police said. "
    "Two officers and nine soldiers were taken hostage in Corrin on Tuesday. "
    "President Ana Moro ordered the release of Pavel Rusk on Tuesday. "
    "The pirates released Captain Jon Hale in exchange for two jailed policemen. "
    "The guards came under fire as they were conducting patrols near the harbour, a minister said. "
    "Harbour Secretary Milan Dorn took part in the raid on El Faro, an editor said. "
    "It was not clear what weapon was used."
)
_SECOND = (
    "Army troops captured the smuggler Pavel Rusk on Tuesday, 14 May 2024, in Corrin. "
    "Thirteen people died in the shooting at Corrin, Police Captain Jon Reed said. "
    "Pavel Rusk was released. “They (the local police) took that decision and I supported it,” "
    "President Ana Moro said. "
    "Captain Jon Hale, held by pirates, was swapped for several captured soldiers. "
    "Soldiers stormed the harbour with a warrant, and the raid had been planned for weeks. "
    "Finance Secretary Milan Dorn resigned on Wednesday. "
    "Echo Radio reported that two boats were burned."
)
_COMMENT = "Milan Dorn did not take part in the raid on El Faro, Radio Andas says."


def ledger_case(engine: OneReader) -> Dossier:
    return tell(
        engine,
        page(_FIRST, "Arlow Gazette", "2024-05-14"),
        page(thread(_SECOND, _COMMENT), "Corrin Post", "2024-05-16"),
    )
