"""What a header says in the languages of `words.yaml`: of whom its column speaks, and what it says of them."""

import re
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from ontology.documents import read_yaml
from resolution.sources.statements.values import fold_text

NAME, NUMBER = "name", "number"
GENERIC = (NAME, NUMBER, None)  # What the last step of a path says only of the step before it: Country.Name.
SAID_BEFORE = ("address", "country", "phone", "email", "website", "contact", "born", "passport", "account", "authority", "goods")
NUMBERED_LENGTH_MAX = 12  # Letters of a word that ends in "id" and may stand for a number.
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])")
_BETWEEN = re.compile(r"[\W_]+")
_NUMBERED = re.compile(r"(?:^|[^\d])(\d{1,2})(?:[^\d]|$)")


class Meaning(NamedTuple):
    """Of whom a column speaks: one of `subjects`, or None; and what it says: one of `says`, `name`, or None.

    stem:    words of the header that say neither; columns of one party often share them: recipient_name, recipient_city.
    variant: `previous` or `alias` where the header says that its name is one beside another.
    place:   the number in the header, as of the second of several officers; 0 without one.
    within:  of a path the step that says of whom it speaks; empty of others.
    """

    subject: str | None
    topic: str | None
    stem: tuple[str, ...] = ()
    variant: str | None = None
    place: int = 0
    within: str = ""

    def __eq__(self, other_words: object) -> bool:
        """The two that tell what a column is are compared; the rest only says which belong together."""
        return isinstance(other_words, Meaning) and self[:2] == other_words[:2]

    def __hash__(self) -> int:
        return hash(self[:2])


@cache
def words() -> dict[str, Any]:
    """The lists of `words.yaml`."""
    return dict(read_yaml(files("resolution.sources.drafts").joinpath("words.yaml").read_text("utf-8")))


@lru_cache(maxsize=1 << 12)
def header_meaning(header: str) -> Meaning:
    """What a header says. What it says is looked for first: 法人番号 speaks of no representative.

    Of a path its last step counts, and the step before it where that says more; of whom it speaks any step may tell.

    >>> header_meaning("法定代表人证件号码")[:2]
    ('legal_rep', 'resident')
    >>> header_meaning("Supplier")[:2], header_meaning("company_name")[:2]
    (('supplier', 'name'), (None, 'name'))
    >>> header_meaning("SellerParty.PostalAddress.Country.Name")[:2], header_meaning("recipient_city_name").stem
    (('supplier', 'country'), ())
    """
    steps = [step for step in header.split(".") if step.strip("#@ ")] or [header]
    while len(steps) > 1 and _says_nothing(steps[-1]):
        steps.pop()  # itemLabel.value, name-part.#text: the step before is meant.
    subject, topic, words_left = _step_meaning(_plain(steps[-1]))
    within = ""
    for outer in reversed(steps[:-1]):
        outer_subject, outer_topic, outer_rest = _step_meaning(_plain(outer))
        if topic in GENERIC and outer_topic in SAID_BEFORE:
            topic = outer_topic
        subject, within = (subject, within) if subject else (outer_subject, outer)
        words_left = f"{outer_rest} {words_left}"
    if topic is None and subject and len(steps) == 1:
        topic = NAME
    stem, variant = _stem(words_left)
    number = _NUMBERED.search(fold_text(header))
    return Meaning(subject, topic, stem, variant, int(number[1]) if number else 0, within if subject else "")


def kind_in_header(header: str) -> str | None:
    """`firm` or `person` where the header says that of its names; None where it says neither or both."""
    plain = _plain(header.rpartition(".")[2] or header)
    kinds = [kind for kind in ("firm", "person") if any(word in plain for word in _kinds()[kind])]
    return kinds[0] if len(kinds) == 1 else None


def _says_nothing(step: str) -> bool:
    subject, topic, words_left = _step_meaning(_plain(step))
    plain = _plain(step)
    return plain in _variants()["plain"] or (subject is None and topic is None and not _stem(words_left)[0])


def _step_meaning(plain: str) -> tuple[str | None, str | None, str]:
    """Subject and topic of one step of a header, and the words that say neither."""
    if part_of_name := words()["alone"].get(plain.strip()):
        return None, str(part_of_name), ""
    if plain.rstrip().endswith(_ends()):
        return None, "other", plain
    topic, remainder = _longest(plain, _listed("says"))
    if topic and _is_part_of_name_word(plain):
        topic, remainder = None, plain  # 账户名称 names whom an account belongs to.
    if topic == NUMBER and any(plain.rstrip().endswith(word.rstrip()) for word in _names()[NAME]):
        topic = None  # What ends with a name is one, whatever it is the name of: identifier_legalName.
    if topic == "other" and _is_named(plain) and any(word in plain for word in _listed("alternatives")["or"]):
        return None, NAME, ""  # One of two things, of which one has a name: EntityOrShip.
    while topic and (repeated := _longest(remainder, {topic: _listed("says")[topic]}))[0]:
        remainder = repeated[1]  # The same in another language: LastName-NomDeFamille.
    subject, words_left = _last(remainder, _subjects())
    if topic is None and (subject or _longest(remainder, _names())[0]):
        topic = NAME if subject is None or _is_named(remainder) or _is_bare(words_left) else None
    if topic is None and subject is None and (last := plain.split()[-1:]) and _is_number_word(last[0]):
        topic = NUMBER
    for _ in range(3):
        word, words_left = _longest(words_left, _names())
        if not word:
            break
    return subject, topic, words_left


def _is_part_of_name_word(plain: str) -> bool:
    """Whether the word for what a header says stands within a longer one for names."""
    says_word, name_word = (_longest_word(plain, listed) for listed in (_listed("says"), _names()))
    return len(name_word) > len(says_word) and says_word.strip() in name_word


def _longest_word(plain: str, words_by_key: dict[str, tuple[str, ...]]) -> str:
    return max((word for listed in words_by_key.values() for word in listed if word in plain), key=len, default="")


def _is_named(plain: str) -> bool:
    return _longest(plain, _names())[0] is not None


def _is_bare(words_left: str) -> bool:
    """Whether nothing stands beside the word for whom a column speaks, but words that tell how a name is written and numbers."""
    stem, _ = _stem(words_left)
    return len(stem) < 3  # As many words more make a sentence of it.


def _is_number_word(word: str) -> bool:
    ending = str(words()["numbered"]["ending"])
    return word.endswith(ending) and 2 < len(word) <= NUMBERED_LENGTH_MAX and word not in words()["numbered"]["but"]


def _stem(words_left: str) -> tuple[tuple[str, ...], str | None]:
    """What is left of a header without words that say how a name is written, and which of these it had."""
    variant, plain = None, f" {' '.join(words_left.split())} "
    for kind, listed in _variants().items():
        for word in sorted(listed, key=len, reverse=True):
            if word in plain:
                plain = plain.replace(word, " ", 1)
                variant = variant or (kind if kind != "plain" else None)
    return tuple(word for word in plain.split() if not word.isdigit()), variant


def _longest(plain: str, words_by_key: dict[str, tuple[str, ...]]) -> tuple[str | None, str]:
    """The key of the longest word in a header, of several as long the last one, and the header without that word."""
    matches = [
        (len(word), plain.rfind(word), key, word) for key, listed in words_by_key.items() for word in listed if word in plain
    ]
    if not matches:
        return None, plain
    _, place, key, word = max(matches, key=lambda match: match[:2])
    return key, f"{plain[:place]}  {plain[place + len(word) :]}"


def _last(plain: str, words_by_key: dict[str, tuple[str, ...]]) -> tuple[str | None, str]:
    """As `_longest`, of the word that ends last: of `recipient parent` it is the parent."""
    matches = [
        (plain.rfind(word) + len(word.rstrip()), len(word), key, word)
        for key, listed in words_by_key.items()
        for word in listed
        if word in plain
    ]
    if not matches:
        return None, plain
    _, _, key, word = max(matches, key=lambda match: match[:2])
    place = plain.rfind(word)
    return key, f"{plain[:place]}  {plain[place + len(word) :]}"


def _plain(text: str) -> str:
    """Words in small letters with a blank before and behind each."""
    return f" {_BETWEEN.sub(' ', fold_text(_CAMEL.sub(' ', text))).strip()} "


def _word(text: str) -> str:
    """A word as it stands in a header: whole, but Han, kana and Hangul, which no blank parts."""
    plain = _plain(text)
    return plain.strip() if plain.strip() > "\u2e80" else plain


@cache
def _listed(name: str) -> dict[str, tuple[str, ...]]:
    return {key: tuple(map(_word, listed)) for key, listed in words()[name].items()}


@cache
def _variants() -> dict[str, tuple[str, ...]]:
    return _listed("variants")


@cache
def _ends() -> tuple[str, ...]:
    return tuple(map(_word, words()["ends"]))


@cache
def _kinds() -> dict[str, tuple[str, ...]]:
    return {kind: tuple(map(_word, words()[f"{kind}s"])) for kind in ("firm", "person")}


@cache
def _names() -> dict[str, tuple[str, ...]]:
    return {NAME: tuple(map(_word, words()["names"]))}


@cache
def _subjects() -> dict[str, tuple[str, ...]]:
    return {subject["id"]: tuple(map(_word, subject["words"])) for subject in words()["subjects"]}
