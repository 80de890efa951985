"""Mending encoding, and undoing it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consilience.ingest.repair import repair, undo
from consilience.records import Repair

CLEAN = (
    "O prefeito de SÃO PAULO disse que NÃO; as IRMÃS e o João vêm amanhã, às três, à Câmara.",
    "ALEMÃ, MAÇÃ, ÍNDIO, AÇÕES, PÃES E LEÕES. Ângela e Íris chegam já. «SIM»",
    "L’été dernier, à Évry, où l’on sait déjà : « ÇA ALORS ! » Âge, Îles, œuvre, naïf, Noël.",
    "Đội cứu hộ đã tìm thấy bốn người ở châu Âu. Ân nói: “Ãnh ấy không biết.” Ông Ă, Â, Đ.",
    "Der Bürgermeister von Köln sagte: „Größe“ – ‚Ärger‘ … GRÖẞE, STRAẞE, ÖL, Übung.",
    "Burmistrz Łodzi: „Żółć”. ŁÓDŹ, GDAŃSK, ŚWIĄT, KRAKÓW… „IDĘ”",
    "Guvernul României: „ÎN SÂMBĂTA” și „Ân” au fost; țară, știri, ROMÂNĂ, 12 %.",
    "El niño “Íñigo” dijo: «¡SÍ!» ¿Qué pasó? AVIÓN, MAÑANA, PINGÜINO, GARCÍA—LÓPEZ, 3ª, 2º.",
    "“CAFÉ” said ‘NAÏVE’ — £5 … €10 × 3° ± ½ © ® ™ § ¶ † • ‰",
    "Θεσσαλονίκη, Москва, 서울, 東京, القاهرة, ירושלים, Tbilisi თბილისი.",
    "Påsken är över, sa Åsa. ÅÄÖ æøå ÆØÅ. Þór Ðe. Çanakkale İstanbul ığdır.",
    "Příliš žluťoučký kůň; Čeněk ĎÁBEL ŤUK „ŽE“. Šiauliai, Rīga, Õhtu, Győr, Űr.",
)
BROKEN = (
    ("AndrÃ©n", "Andrén"),
    ("PeÃ±a said â€œnoâ€\x9d and didnâ€™t", "Peña said “no” and didn’t"),
    ("Hernán met JosÃ© in MÃ¼nchen", "Hernán met José in München"),
    ("The price rose by Â£5 to 10Â°C", "The price rose by £5 to 10°C"),
    ("â€œWe saw it,â€ he said", "“We saw it,” he said"),
    ("the mayor, MarÃn Ibarra, and DÃaz", "the mayor, Marín Ibarra, and Díaz"),
    ("lo vio allÃ, dijo MarÃa", "lo vio allí, dijo María"),
    ("lo vio aquÃ y MarÃa no", "lo vio aquí y María no"),
    ("la cittÃ  di Lind era vuota", "la città di Lind era vuota"),
    ("il est Ã Lind depuis hier", "il est à Lind depuis hier"),
    ("Four people died.Â The search goes on.Â", "Four people died. The search goes on."),
    ("He said &quot;no&quot; &amp; left; it&#39;s over", 'He said "no" & left; it\'s over'),
    ("a don\x92t and a \x93quote\x94", "a don’t and a “quote”"),
    ("a\x00b\x07c", "a\ufffdb\ufffdc"),
    ("an ex\u00adample\u200b of \ufeffthis", "an example of this"),
)


@pytest.mark.parametrize("text", CLEAN)
def test_clean_text_is_left_alone(text: str) -> None:
    assert repair(text) == (text, ())


@pytest.mark.parametrize(("broken", "mended"), BROKEN)
def test_broken_text_is_mended(broken: str, mended: str) -> None:
    assert repair(broken)[0] == mended


def test_a_weak_sign_is_mended_only_in_a_text_with_a_strong_one() -> None:
    assert repair("ze WisÅ‚y")[0] == "ze WisÅ‚y"
    assert repair("ze WisÅ‚y, cafÃ©")[0] == "ze Wisły, café"


def test_each_repair_says_where_and_what_stood_there() -> None:
    text, repairs = repair("MarÃn said.Â Yes")
    assert text == "Marín said. Yes"
    assert repairs == (Repair(3, 4, "Ã"), Repair(11, 11, "Â"))


def test_quotation_marks_and_ligatures_stay_as_they_are() -> None:
    text = "“ﬁne” ‘so’ \"it\" 'is' «là» … ﬂood e\u0301"
    assert repair(text) == (text, ())


PIECES = ("Ã", "Â", "â€", "Ã©", "â€œ", " ", "a", "ñ", "&amp;", "&#", ";", "\x00", "\n", "\u00ad")
ANY = st.text(st.characters())  # lone surrogates too


@settings(deadline=None)  # the first example loads ftfy
@given(st.lists(st.sampled_from(PIECES) | ANY).map("".join))
def test_undoing_the_repairs_gives_the_text_back(text: str) -> None:
    mended, repairs = repair(text)
    assert undo(mended, repairs) == text
    assert mended.count("\n") == text.count("\n")


@settings(deadline=None)  # the first example loads ftfy
@given(ANY)
def test_repairs_stand_in_order_and_apart(text: str) -> None:
    mended, repairs = repair(text)
    ends = [0, *(mend.end for mend in repairs)]
    starts = [*(mend.start for mend in repairs), len(mended)]
    assert all(end <= start for end, start in zip(ends, starts, strict=True))
