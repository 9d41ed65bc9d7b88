"""The mapping language: a page of YAML that says what the columns of a file state. See docs/sources/mappings.md.

    mapping: my_suppliers            # name of the kind of file
    version: "1"
    title: Our suppliers
    source_class: 1                  # 1 platform, 2 released by its subject, 3 public body
    columns:                         # our name for a column: how the header may be spelled
      code: [uscc, 统一社会信用代码]
      name: [supplier, 供应商名称]
    parties:
      supplier:
        kind: firm
        key: "{code|name}"
        names: [name]
        identifiers: [{value: code, scheme: uscc}]

Where a value is asked for, a plain word is a column, a text with braces is a template: `{a}` must be filled, `{a|b}` is the first
that is
filled, `{a?}` may be missing, `{@party}` is the key of another party. `{text: …}` is a fixed text, `values` a table. Nothing
in a mapping is ever run as code.
"""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, field_validator

from ontology.record import NameRole
from resolution.sources.mappings.value_formats import (
    AmountFact,
    ClosedModel,
    Condition,
    Conditions,
    CountryFact,
    DayFact,
    Defaults,
    Fact,
    ShareFact,
    Value,
)
from resolution.sources.reading import Reading

__all__ = ["ClosedModel", "Condition", "Conditions", "Fact", "Value"]


KindWord = Literal["firm", "person", "agency", "unknown", "by_name"]


class KindCase(Condition):
    """What the party is where the condition holds."""

    kind: Literal["firm", "person", "agency", "unknown"]


class Kind(ClosedModel):
    """What the party is: fixed, from a column by a table, or by whole words of its name (`by_name`), unknown where none tells.

    The first of `cases` whose condition holds goes before that.
    """

    cases: tuple[KindCase, ...] = ()
    column: str | None = None
    values: dict[str, Literal["firm", "person", "agency", "unknown"]] = Field({})
    otherwise: KindWord = "by_name"

    @property
    def possible(self) -> frozenset[str]:
        """Everything it may come out as; `by_name` where names decide."""
        return frozenset((self.otherwise, *self.values.values(), *(case.kind for case in self.cases)))


class ItemsOf(ClosedModel):
    """Several parties, names, codes or addresses in one cell: a JSON list, repeated elements of XML, or items between marks.

    Marks are the characters `split`, or a list of longer marks, those of `between` part an item. `fields` names the parts in
    their order, each with the spellings or paths it may have in an object. They are then columns `<column>.<field>`. `beside`
    adds parts from further columns, whose cells list one text for each item, in the same order.
    """

    column: str
    split: str | tuple[str, ...] = ";；\n"
    between: str = ":："
    fields: dict[str, tuple[str, ...]]
    beside: dict[str, str] = Field({}, description="Column by field.")


class NameOf(ClosedModel):
    """A name; `split` are the characters between several in one cell.

    `role_by` reads the role from a column by a table, and is `role` where that says nothing.
    """

    value: Fact
    each: ItemsOf | None = None
    when: Conditions = ()
    role: NameRole = NameRole.PRIMARY
    role_by: Fact | None = None
    split: str | None = None
    given: Fact | None = None
    family: Fact | None = None

    @field_validator("role_by")
    @classmethod
    def _of_roles(cls, role_by: Value | None) -> Value | None:
        roles = {*role_by.values.values(), role_by.otherwise, role_by.text} if role_by else set()
        named = role_by and (role_by.values or role_by.text) and not role_by.keep_others
        if role_by and (not named or roles - {None, *NameRole}):
            raise ValueError(f"needs a table of values to roles: {', '.join(NameRole)}")
        return role_by


class IdentifierOf(ClosedModel):
    """A code; `scheme` may depend on what the party is. `resident_id` is hashed before anything else sees it.

    `split` are the characters between several in one cell; without it a semicolon parts them, as no code holds one.
    `scheme_by` reads the scheme from a column by a table; where that says nothing it is `scheme`, and without one no code.
    """

    value: Fact
    each: ItemsOf | None = None
    when: Conditions = ()
    split: str | None = None
    scheme: str | None = None
    scheme_by: Fact | None = None
    schemes: dict[Literal["firm", "person", "agency", "unknown"], str] = Field({})
    scope: Fact | None = None

    @field_validator("scheme_by")
    @classmethod
    def _of_schemes(cls, scheme_by: Value | None) -> Value | None:
        if scheme_by and (not scheme_by.values or scheme_by.keep_others):
            raise ValueError("needs a table of values to schemes")
        return scheme_by

    @property
    def all_schemes(self) -> frozenset[str]:
        """Every scheme it may be of."""
        by_table = (*self.scheme_by.values.values(), self.scheme_by.otherwise) if self.scheme_by else ()
        return frozenset(scheme for scheme in (self.scheme, *self.schemes.values(), *by_table) if scheme is not None)


class AddressOf(ClosedModel):
    """An address, with what parts the source gives; `split` are the characters between several in one cell."""

    value: Fact
    each: ItemsOf | None = None
    when: Conditions = ()
    split: str | None = None
    country: Fact | None = None
    region: Fact | None = None
    city: Fact | None = None
    postcode: Fact | None = None


class ContactOf(ClosedModel):
    """A phone, e-mail address, website, account or device."""

    value: Fact
    each: ItemsOf | None = None
    when: Conditions = ()
    kind: Literal["phone", "email", "website", "account", "device"]
    split: str | None = None


def _of(field: str, model: type[ClosedModel], words: Any = str) -> Any:
    """Lets one word, of those that `words` allows, stand for a part of which it is that field."""

    def widen(fields: Any) -> Any:
        return {field: fields} if isinstance(fields, str) else fields

    return BeforeValidator(widen, json_schema_input_type=words | model)


class Party(ClosedModel):
    """A party that a row names. Without a name or a key in the row there is no such party there.

    `unique` says that the file has one row for each such party, as a register does: a second one is rejected. `adds` says that
    the row only adds to a party which another row or file of the data set gives; where none does, the row states nothing. `only`
    are the kinds that are read: a party of another one is left out, such as the consumers among a shop's buyers.
    """

    kind: Annotated[Kind, _of("otherwise", Kind, KindWord)] = Kind()
    each: ItemsOf | None = None
    when: Conditions = ()
    key: Fact
    unique: bool = False
    adds: bool = False
    only: tuple[Literal["firm", "person", "agency", "unknown"], ...] = ()
    names: tuple[Annotated[NameOf, _of("value", NameOf)], ...] = Field(min_length=1)
    identifiers: tuple[IdentifierOf, ...] = ()
    addresses: tuple[Annotated[AddressOf, _of("value", AddressOf)], ...] = ()
    contacts: tuple[ContactOf, ...] = ()
    born_on: DayFact | None = None
    founded_on: DayFact | None = None
    ended_on: DayFact | None = None
    countries: tuple[CountryFact, ...] = ()
    attributes: dict[str, Fact] = Field({})
    observed_on: DayFact | None = None


class LinkOf(ClosedModel):
    """A tie between two parties of the row. `source_record` / `target_record`: the id of a record that stands elsewhere."""

    kind: Fact
    source: str | None = None
    target: str | None = None
    source_record: Fact | None = None
    target_record: Fact | None = None
    when: Conditions = ()
    share: ShareFact | None = None
    amount: AmountFact | None = None
    negative: Conditions = Field((), description="Where this holds the amount counts against: a red invoice.")
    currency: Fact | None = None
    role: Fact | None = None
    indirect: Conditions = Field((), description="Where this holds the tie is held through others.")
    verified: bool = False
    began_on: DayFact | None = None
    ended_on: DayFact | None = None
    fact_key: Fact | None = None
    id_from: Fact | None = Field(None, description="What tells two such links apart, where the fact key does not.")
    sum: bool = Field(False, description="Rows of one file that tell it again are further lines of it: their amounts add up.")
    sum_of: tuple[AmountFact, ...] = Field((), description="Parts of a line's amount; an amount they do not make is the whole's.")


class ListingOf(ClosedModel):
    """An official adverse listing of a party of the row; without `list_type` the table of issuers says of which type."""

    list_type: Fact | None = None
    party: str
    issuer: Fact
    when: Conditions = ()
    programme: Fact | None = None
    case_no: Fact | None = None
    listed_on: DayFact | None = None
    ends_on: DayFact | None = None
    removed_on: DayFact | None = None
    removal_ground: Fact | None = None
    reason: Fact | None = None
    duty: Fact | None = None
    performance: Fact | None = None
    amount: AmountFact | None = None
    currency: Fact | None = None
    creditors: tuple[str, ...] = ()
    disputed_since: DayFact | None = None
    decision_due_on: DayFact | None = None


class RecognitionOf(ClosedModel):
    """An official good mark of a party of the row."""

    mark: Fact
    party: str
    issuer: Fact
    when: Conditions = ()
    given_on: DayFact
    ends_on: DayFact | None = None
    reference: Fact | None = None
    amount: AmountFact | None = None
    currency: Fact | None = None


class Payment(ClosedModel):
    """Outcome of a payment by its days: on time, late, or unpaid for `defaulted_after_days` when the file is loaded."""

    paid_on: DayFact
    due_on: DayFact
    defaulted_after_days: int = Field(90, ge=0)


class ExperienceOf(ClosedModel):
    """How a dealing between two parties of the row ended: `outcome` by a table, or `payment` by its days, or `rating`."""

    reporter: str
    subject: str
    dealing: Literal["invoice", "order", "contract", "declaration", "loan", "bill", "rating", "guarantee"]
    when: Conditions = ()
    outcome: Fact | None = None
    payment: Payment | None = None
    rating: AmountFact | None = None
    rating_scale: tuple[float, float] = (-1.0, 1.0)
    amount: AmountFact | None = None
    currency: Fact | None = None
    happened_on: DayFact | None = None
    fact_key: Fact | None = None
    disputed: Conditions = ()
    sum: bool = Field(False, description="Rows of one file that tell it again are further lines of it: their amounts add up.")
    sum_of: tuple[AmountFact, ...] = Field((), description="Parts of a line's amount; an amount they do not make is the whole's.")


class Recognise(ClosedModel):
    """What a file of this kind is usually called; its headers speak for themselves."""

    file_names: tuple[str, ...] = ()
    root: Annotated[
        tuple[str, ...],
        BeforeValidator(lambda root: (root,) if isinstance(root, str) else root, json_schema_input_type=str | tuple[str, ...]),
    ] = Field((), description="The outermost element of an XML file of this kind, or several that it may be.")


class Mapping(ClosedModel):
    """A whole mapping."""

    mapping: str = Field(pattern=r"^[a-z][a-z0-9_]{1,59}$")
    version: str
    title: str
    about: str | None = None
    publisher: str | None = Field(None, max_length=300, description="Who publishes such files.")
    licence: str | None = Field(
        None, max_length=300, description="The terms their data comes under, as the publisher states them."
    )
    source_class: Annotated[
        Value,
        BeforeValidator(
            lambda source_class: {"text": str(source_class)} if isinstance(source_class, str | int) else source_class,
            json_schema_input_type=int | str | Value,
        ),
    ]
    dataset: str | None = Field(None, pattern=r"^[a-z][a-z0-9_.-]{0,79}$", description="The mapping's name when left out.")
    recognise: Recognise = Recognise()
    format: Reading = Reading()
    written: Defaults = Field(Defaults(), description="How days, amounts and shares are written, where a value does not say.")
    columns: dict[str, tuple[str, ...]]
    required: tuple[str, ...] = Field((), description="Columns the file must have and every row must fill.")
    release_id: Fact | None = Field(None, description="The subject's release; every class-2 row must have one.")
    ignore: Conditions = Field((), description="Rows that state nothing (void): counted, kept as rows, not loaded.")
    parties: dict[str, Party] = Field({})
    links: tuple[LinkOf, ...] = ()
    listings: tuple[ListingOf, ...] = ()
    recognitions: tuple[RecognitionOf, ...] = ()
    experiences: tuple[ExperienceOf, ...] = ()
