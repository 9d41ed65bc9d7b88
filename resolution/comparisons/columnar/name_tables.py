"""Names of firms as the columns that `name_kernels` compares: every part of a name a number, made once for all records."""

from collections.abc import Collection, Iterable, Sequence

import numpy as np

from resolution.comparisons import firm_names
from resolution.comparisons.columnar import pair_kernels as kernels
from resolution.comparisons.columnar.distinct_pairs import number_values_from
from resolution.comparisons.columnar.name_kernels import Records
from resolution.comparisons.columnar.pair_kernels import Names
from resolution.comparisons.columnar.word_kernels import LETTER, LIGHT, NUMBER, PINYIN, SIGNS, Texts
from resolution.comparisons.names.parsed import RUN_MAX, name_words, neighbours
from resolution.comparisons.names.scorecard import scorecard
from resolution.comparisons.names.tokens import TEXT_MAX, token
from resolution.comparisons.person_columns import Numbering, Numbers, Ragged
from resolution.records.analysed import Analysed
from resolution.records.firms import UNTOLD_BRANCH, FirmName
from resolution.records.forms import CALLED_WEAK
from resolution.records.syllables import is_pinyin, sino
from resolution.records.translations import meanings
from resolution.records.words import pairs

SINO_LENGTH_MAX = 24  # Letters of three syllables, and more.


class NameTables:
    """Tables of the names of these records, Han names and others."""

    def __init__(self, records: Sequence[Analysed]) -> None:
        numbering = Numbering[FirmName]()
        names_of = Ragged.of([[numbering.number(name) for name in firm_names.strong_names(record)] for record in records])
        own_flags = [is_own for record in records for is_own in own_name_flags(record)]
        self.firm_names = numbering.keys()
        self._texts = Numbering[str]()
        words = [() if name.han else name_words(name) for name in self.firm_names]
        word_rows = [[self._texts.number(word) for word in row] for row in words]
        self.names = self._name_columns(words, word_rows)
        self.texts = self._text_columns(word_rows)
        self.records = _record_columns(names_of, own_flags, word_rows, self.names)
        card = scorecard()
        self.card = np.array([card.bias, *card.weights.values(), card.same_at, card.possible_at])

    def _name_columns(self, words: Sequence[Sequence[str]], word_rows: Sequence[Sequence[int]]) -> Names:
        names = self.firm_names
        runs = [[(self._texts.number(run), places, initials) for places, run, initials in neighbours(row)] for row in words]
        number_by_text = self._texts.number_by_key()
        run_rows = [(run, places, number_by_text.get(initials, -1)) for row in runs for run, places, initials in row]
        families = pairs("form_families.csv")
        values: list[int] = []
        columns: dict[int, Sequence[int] | Numbers] = {
            kernels.HAN: [name.han for name in names],
            kernels.BRANCH_NUMBER: number_values_from("", (name.branch for name in names))[1],
            kernels.BRANCH_UNTOLD: [name.branch == UNTOLD_BRANCH for name in names],
            kernels.NUMBER: number_values_from(frozenset(), (name.numbers for name in names))[1],
            kernels.TOKEN: number_values_from((), (name.tokens for name in names))[1],
            kernels.JOINED_SOUND: number_values_from("", (name.sound for name in names))[1],
            kernels.FORM: number_values_from("", (name.form for name in names))[1],
            kernels.TELLING_FORM: number_values_from("", ("" if name.form in CALLED_WEAK else name.form for name in names))[1],
            kernels.FAMILY: number_values_from("", (families.get(name.form, "") for name in names))[1],
            kernels.ROLES: number_values_from(frozenset(), (name.roles for name in names))[1],
            kernels.COMPACT: [self._texts.number("".join(row)) for row in words],
            kernels.WHOLE: number_values_from("", (name.text.replace(" ", "") for name in names))[1],
            kernels.LETTERS: [self._texts.number(name.tokens[0]) if firm_names.may_be_initials(name) else -1 for name in names],
            kernels.INITIALS: [self._texts.number("".join(word[0] for word in row)) for row in words],
        }
        meant, less, full, full_less = _meanings(names)
        spans = {
            kernels.WORD_START: _append(values, word_rows),
            kernels.RUN_START: np.cumsum([0, *map(len, runs)]),
            kernels.BRANCH_START: _append(values, _number_sets(name.branch.split() for name in names)),
            kernels.PLACE_START: _append(values, _number_sets(name.places for name in names)),
            kernels.SOUND_START: _append(values, _sounds(names)),
            kernels.MEANT_START: _append(values, meant),
            kernels.LESS_START: _append(values, less),
            kernels.FULL_START: _append(values, full),
            kernels.FULL_LESS_START: _append(values, full_less),
        }
        table = np.zeros((len(names), kernels.FULL_LESS_END + 1), dtype=np.int64)
        for column, numbers in columns.items():
            table[:, column] = numbers
        for column, starts in spans.items():
            table[:, column], table[:, column + 1] = starts[:-1], starts[1:]
        return Names(table, np.array(values, dtype=np.int64), np.array(run_rows, dtype=np.int64).reshape(-1, 3))

    def _text_columns(self, word_rows: Sequence[Sequence[int]]) -> Texts:
        texts = self._texts.keys()
        is_word = {number for row in word_rows for number in row}
        cut = [text[:TEXT_MAX] for text in texts]
        lengths = np.array([len(text) for text in cut], dtype=np.int64)
        start = np.zeros(len(texts), dtype=np.int64)
        np.cumsum(lengths[:-1], out=start[1:])
        letters = np.frombuffer("".join(cut).encode("utf-32-le", "surrogatepass"), np.uint32)
        sino_numbers = number_values_from("", map(_sino, texts))[1]
        marks = np.zeros(len(texts), dtype=np.uint64)
        np.bitwise_or.at(marks, np.repeat(np.arange(len(texts)), lengths), np.uint64(1) << (letters & 63).astype(np.uint64))
        tokens = [token(text) if number in is_word else None for number, text in enumerate(texts)]
        groups = Ragged.of([sorted(word.groups) if word else () for word in tokens])
        flags = [
            (LETTER * word.letter + NUMBER * word.number + SIGNS * word.signs + LIGHT * word.light if word else 0)
            + PINYIN * bool(sino_number and is_pinyin(text))
            for text, word, sino_number in zip(texts, tokens, sino_numbers.tolist(), strict=True)
        ]
        skeletons = [word.skeleton if word else "" for word in tokens]
        columns = (
            start, lengths, [len(text) for text in texts], marks.view(np.int64), flags, sino_numbers,
            number_values_from("", skeletons)[1], [len(skeleton) for skeleton in skeletons], groups.start[:-1], groups.start[1:],
        )  # fmt: skip
        table = np.stack([np.asarray(column, dtype=np.int64) for column in columns], axis=1)
        bits = np.array([word.bits if word else 0.0 for word in tokens], dtype=np.float64)
        return Texts(np.ascontiguousarray(table), letters, bits, groups.values)


def own_name_flags(record: Analysed) -> list[bool]:
    """For each name that is compared whether it is the record's own."""
    own_names = firm_names.own_names(record)
    strong_names = firm_names.strong_names(record)
    return [True] * len(strong_names) if len(own_names) == len(strong_names) else [name in own_names for name in strong_names]


def _record_columns(names_of: Ragged, own_flags: Sequence[bool], word_rows: Sequence[Sequence[int]], columns: Names) -> Records:
    words: list[list[int]] = []
    places: list[list[int]] = []
    runs: list[list[tuple[int, ...]]] = []
    run_rows = columns.runs.tolist()
    run_spans = columns.table[:, [kernels.RUN_START, kernels.RUN_END]].tolist()
    for start, end in zip(names_of.start[:-1].tolist(), names_of.start[1:].tolist(), strict=True):
        numbering = Numbering[int]()
        runs_of_record: dict[tuple[int, ...], None] = {}
        for name in names_of.values[start:end].tolist():
            places.append([numbering.number(word) for word in word_rows[name]])
            for text, places_of_run, initials in run_rows[slice(*run_spans[name])]:
                parts = [part for index, part in enumerate(places[-1]) if places_of_run >> index & 1]
                runs_of_record[text, initials, *parts, *[-1] * (RUN_MAX - len(parts))] = None
        words.append(numbering.keys())
        runs.append([*runs_of_record])
    ragged_words, ragged_places = Ragged.of(words), Ragged.of(places)
    run_start = np.cumsum([0, *map(len, runs)])
    flat_runs = np.array([run for rows in runs for run in rows], dtype=np.int64).reshape(-1, 2 + RUN_MAX)
    starts = (names_of.start, ragged_words.start, run_start)
    spans = [edge for start in starts for edge in (start[:-1], start[1:])]
    own = np.array(own_flags, dtype=np.int64)
    names = (names_of.values, own, ragged_places.start[:-1], ragged_places.start[1:])
    return Records(np.stack(spans, axis=1), np.stack(names, axis=1), ragged_words.values, ragged_places.values, flat_runs)


def _sino(text: str) -> str:
    return sino(text) if len(text) <= SINO_LENGTH_MAX and text.isascii() else ""


def _sounds(names: Sequence[FirmName]) -> list[list[int]]:
    """How each Han name may sound, as sorted numbers, and of other names as which of these sounds their words are heard."""
    numbering = Numbering[str]()
    spoken = [sorted(firm_names.sounds_of_han(name)) if name.han else () for name in names]
    of_han = [sorted(map(numbering.number, sounds)) for sounds in spoken]
    numbers = numbering.number_by_key()
    return [
        own_sounds if name.han or not numbers else _heard(name, numbers) for name, own_sounds in zip(names, of_han, strict=True)
    ]


def _heard(name: FirmName, number_by_sound: dict[str, int]) -> list[int]:
    return sorted(number_by_sound[word] for word in firm_names.heard_words(name) if word in number_by_sound)


def _meanings(names: Sequence[FirmName]) -> list[list[list[int]]]:
    """What each name means in whole and with a word left out, and of either the full ones, as sorted numbers.

    None where all names are of one script.
    """
    if len({name.han for name in names}) < 2:
        return [[[] for _ in names]] * 4
    numbering = Numbering[str]()
    of_names = [(*meant, *meant.full) for meant in map(meanings, names)]
    return [[sorted(map(numbering.number, sorted(of_name[part]))) for of_name in of_names] for part in range(4)]


def _append(values: list[int], rows: Sequence[Sequence[int]]) -> Numbers:
    """Add rows to the end of `values`; returns where each begins, and where the last one ends."""
    ragged = Ragged.of(rows)
    start = ragged.start + len(values)
    values += ragged.values.tolist()
    return start


def _number_sets(sets: Iterable[Collection[str]]) -> list[list[int]]:
    numbering = Numbering[str]()
    return [sorted({numbering.number(part) for part in parts}) if parts else [] for parts in sets]
