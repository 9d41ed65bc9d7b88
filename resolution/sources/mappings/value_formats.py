"""Values of a mapping, and how their texts are written: what a page may say of a day, an amount, a share or a country."""

import re
from abc import abstractmethod
from collections.abc import Callable
from typing import Annotated, Any, ClassVar, Literal, NamedTuple, Self, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PrivateAttr, model_validator

from resolution.sources.patterns import Pattern

Table = dict[str, str | None]
Ways = frozenset[str]
"""The ways in which all texts of a column can be read: `dmy`, `,`, `percent`, languages of month words …"""

PLACES = re.compile(r"\{([^{}]*)\}")
PARTS = re.compile(r"YYYY|YY|MMMM|MMM|MM|M|DD|D")
SINCE_1970 = re.compile(r"epoch(?P<unit>_s|_ms)?(?P<zone>[+-]\d\d:\d\d)?")
DAYS_ALLOWED = (
    "a day is made of DD, D, MM, M, MMM (a short month word), MMMM (a long one), YYYY or YY with marks between them, such as "
    "DD/MM/YYYY, MM/DD/YYYY, DD-MMM-YYYY or D MMMM YYYY; or it is epoch, epoch_s, epoch_ms, epoch_ms+08:00, or excel"
)


class ClosedModel(BaseModel):
    """A part of a mapping; a field it does not know is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, allow_inf_nan=False)


class Condition(ClosedModel):
    """When a part applies: the column is filled and, where given, holds one of `among` / none of `not_among`."""

    column: str
    empty: bool = False
    among: tuple[str, ...] = ()
    not_among: tuple[str, ...] = ()


def _conditions(conditions: Any) -> Any:
    listed = conditions if isinstance(conditions, list | tuple) else [conditions]
    return [{"column": condition} if isinstance(condition, str) else condition for condition in listed]


Conditions = Annotated[
    tuple[Condition, ...],
    BeforeValidator(_conditions, json_schema_input_type=str | Condition | tuple[str | Condition, ...]),
]


def _several(words: Any) -> Any:
    """One word as a list of one; a bare `null` among them is the word."""
    listed = words if isinstance(words, list | tuple) else [words]
    return ["null" if word is None else word for word in listed]


def _day_formats(formats: tuple[str, ...]) -> tuple[str, ...]:
    for day_format in formats:
        parts = [part[0] for part in PARTS.findall(day_format)]
        separators = PARTS.sub("", day_format)
        made_of_parts = sorted(parts) in (["D", "M", "Y"], ["M", "Y"], ["Y"]) and not re.search(r"[^\W_]", separators)
        if not (made_of_parts or SINCE_1970.fullmatch(day_format) or day_format == "excel"):
            raise ValueError(f"{day_format!r} is no way to write a day: {DAYS_ALLOWED}")
    return formats


def _letters_of_currency(code: str) -> str:
    if not re.fullmatch(r"[A-Z]{3}", code):
        raise ValueError(f"{code!r} is no currency: three letters of ISO 4217, such as EUR")
    return code


WordOrWords = str | tuple[str | None, ...]
DayFormats = Annotated[
    tuple[str, ...], BeforeValidator(_several, json_schema_input_type=WordOrWords), AfterValidator(_day_formats)
]
Decimal = Literal[",", "."]
ShareUnit = Literal["percent", "part"]
Words = Annotated[tuple[str, ...], BeforeValidator(_several, json_schema_input_type=WordOrWords | None)]


class Defaults(ClosedModel):
    """How days, amounts and shares are written wherever the page does not say it of a value itself."""

    day: DayFormats = ()
    pivot: int | None = Field(None, ge=1000, le=2200, description="First of the hundred years that two digits may mean.")
    decimal: Decimal | None = None
    share: ShareUnit | None = None

    @model_validator(mode="after")
    def _years_of_two_digits(self) -> "Defaults":
        return two_digits_need_a_pivot(self)


Dated = TypeVar("Dated", Defaults, "DayValue")


class Writing(NamedTuple):
    """How the texts of one value are written.

    ways:     asked only for a text that may be read in several ways: those that the whole column, or the page, leaves.
    declared: the page said so, and what is written otherwise is refused.
    """

    ways: Callable[[], Ways]
    declared: bool = False
    formats: tuple[str, ...] = ()
    pivot: int | None = None


PART: Ways = frozenset({"part"})


def nothing_known() -> Ways:
    """The ways of a text that stands alone."""
    return frozenset()


class Value(ClosedModel):
    """One fact of a row: the text of a column, of a template or a fixed one, then looked up in `values` where there are any.

    A text that `values` does not hold becomes `otherwise`; without that the row is rejected. An entry that is null says:
    this text states nothing here. `null` are the words by which the column says that it is empty, in place of the usual ones.
    `split` are the characters between several texts of one cell: the first counts, or the first that `values` holds.
    `capture` is a pattern (RE2): its group, or all that it matches, is the text; of several matches the texts stand with `; `
    between; `replace` puts plain texts in the place of others before that. `keep_others` lets through what `values` lacks.
    Where a condition of `when` does not hold, it states nothing.
    """

    column: str | None = None
    template: str | None = None
    text: str | None = None
    values: Table = {}
    otherwise: str | None = None
    split: str | None = None
    null: Words | None = None
    replace: dict[str, str] = {}
    capture: Pattern | None = None
    keep_others: bool = False
    when: Conditions = ()

    @property
    def is_plain(self) -> bool:
        """Whether its texts are those of its cell as they stand there."""
        return not (self.values or self.replace or self.capture or self.when)

    @model_validator(mode="after")
    def _of_something(self) -> Self:
        if self.column is None and self.template is None and self.text is None:
            raise ValueError("a value is of a column, a template or a fixed text: none is named")
        if self.column is not None and not self.column.strip():
            raise ValueError("an empty name of a column")
        if self.template is not None:
            check_template(self.template)
        return self


def check_template(template: str) -> None:
    """Raises ValueError where a brace is missing, or nothing is named between two."""
    if not template.strip():
        raise ValueError("an empty template")
    fixed_text = PLACES.sub("", template)
    if brace := next((mark for mark in fixed_text if mark in "{}"), None):
        raise ValueError(f"{template[:80]!r} has a {brace} without its other half: a place is written {{column}}")
    for place in PLACES.findall(template):
        if not all(name.strip() for name in place.removesuffix("?").split("|")):
            raise ValueError(f"{template[:80]!r} has a place {{{place[:40]}}} that names no column")


class FormattedValue(Value):
    """A value whose texts can be read in several ways. What the page leaves open is judged over the whole column."""

    QUANTITY: ClassVar = ""
    _page: Defaults = PrivateAttr(default_factory=Defaults)
    _ways: Callable[[], Ways] = PrivateAttr(default_factory=lambda: nothing_known)  # A plain default would be bound as a method.

    def settle(self, page: Defaults, ways: Callable[[], Ways]) -> None:
        """Tell the value, of a mapping that belongs to one file, what its page and its column say."""
        self._page, self._ways = page, ways

    @property
    @abstractmethod
    def declared(self) -> Ways:
        """What the page says; empty where the column has to be asked."""

    @property
    def writing(self) -> Writing:
        """How its texts are written."""
        declared = self.declared
        return Writing((lambda: declared) if declared else self._ways, declared=bool(declared))


class DayValue(FormattedValue):
    """A day; `day` says how it is written, in one or several ways."""

    QUANTITY: ClassVar = "day"
    day: DayFormats = ()
    pivot: int | None = Field(None, ge=1000, le=2200)

    @model_validator(mode="after")
    def _years_of_two_digits(self) -> "DayValue":
        return two_digits_need_a_pivot(self)

    @property
    def declared(self) -> Ways:
        """The formats of the page."""
        return frozenset(self.day or self._page.day)

    @property
    def writing(self) -> Writing:
        """How its texts are written; month words are still judged over the column."""
        formats = self.day or self._page.day
        return Writing(self._ways, declared=bool(formats), formats=formats, pivot=self.pivot or self._page.pivot)


class AmountValue(FormattedValue):
    """An amount; `decimal` is the mark before its cents, the other one or a blank parts thousands."""

    QUANTITY: ClassVar = "amount"
    decimal: Decimal | None = None
    currency: Annotated[str, AfterValidator(_letters_of_currency)] | None = None

    @property
    def declared(self) -> Ways:
        """The decimal mark of the page."""
        mark = self.decimal or self._page.decimal
        return frozenset(mark or "")


class ShareValue(FormattedValue):
    """A share: in percent (62.5) or as a part of one (0.625)."""

    QUANTITY: ClassVar = "share"
    share: ShareUnit | None = None

    @property
    def declared(self) -> Ways:
        """The unit of the page."""
        unit = self.share or self._page.share
        return frozenset([unit] if unit else [])

    @property
    def writing(self) -> Writing:
        """How its texts are written; a fixed one of the page, which no column can tell of, is a part of one where it can be."""
        return Writing(lambda: PART) if self.text is not None and not self.declared else super().writing


class ListValue(Value):
    """A value that may hold several, between any of the characters of `split`; "" says that a text is always one."""

    split: str | None = None


def two_digits_need_a_pivot(value: Dated) -> Dated:
    """Raises ValueError where years of two digits are declared, but not the century they are of."""
    if value.pivot is None and any(re.search(r"(?<!Y)YY(?!Y)", day_format) for day_format in value.day):
        raise ValueError("YY needs a pivot: the first of the hundred years it may mean, such as pivot: 1950 for 1950 to 2049")
    return value


def from_word(value: Any) -> Any:
    """A plain word is a column, a text with braces a template."""
    if isinstance(value, str):
        return {"template": value} if "{" in value else {"column": value}
    return value


Fact = Annotated[Value, BeforeValidator(from_word, json_schema_input_type=str | Value)]
DayFact = Annotated[DayValue, BeforeValidator(from_word, json_schema_input_type=str | DayValue)]
AmountFact = Annotated[AmountValue, BeforeValidator(from_word, json_schema_input_type=str | AmountValue)]
ShareFact = Annotated[ShareValue, BeforeValidator(from_word, json_schema_input_type=str | ShareValue)]
CountryFact = Annotated[ListValue, BeforeValidator(from_word, json_schema_input_type=str | ListValue)]
