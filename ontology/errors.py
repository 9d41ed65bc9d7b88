"""Errors are a title plus facts; doors (shell, HTTP) decide how to tell them.

KithError
├── WrongCall                the caller asked for something that cannot be
│   ├── SourceUnreadable     a file cannot be read as what it claims to be
│   ├── MappingInvalid       a mapping names a field or kind that does not exist
│   ├── RulebookInvalid      a rulebook breaks one of its own laws
│   ├── CollectionsInvalid   a page of collections does not say what it should
│   ├── ModelInvalid         a model file is none, or does not fit the comparisons
│   ├── ModelNoBetter        training made a model that is no better than the one there is
│   ├── EntityUnknown        no party with that id or name
│   ├── RecordUnknown        no record with that id
│   ├── SourceUnknown        no loaded file or data set of that name
│   ├── DatasetUnknown       no data set and no collection of that name
│   ├── PropertyUnknown      no property of that name
│   ├── ContractInvalid      a query of the screening contract that cannot be answered
│   ├── TokenWrong           another token than the operator set
│   ├── RecordInvalid        what was sent is no record
│   ├── EntityAmbiguous      several parties answer to that name
│   ├── CaseUnknown          no case for review with that id
│   ├── ConsentUnknown       no consent with that id
│   ├── WatchlistUnknown     no watch list with that id
│   ├── EntryUnknown         no entry with that id on a watch list
│   ├── WebhookUnknown       no subscription with that id
│   ├── WebhookRefused       an address that no events are sent to
│   ├── NotForPartners       a partner asked for what it may not see
│   │   └── PurposeDiffers   a partner's key was used for another purpose than its own
│   ├── NotForRole           the role of the caller's key may not do that
│   │   ├── OutOfScope       the key is confined to other routes or data sets
│   │   ├── SignsAsAnother   a key was to sign with the name of another
│   │   └── NotOwnParty      a person's own key was used for another party
│   ├── SignInRefused        an identity provider's token or code does not let its bearer in
│   ├── KeyUnknown           no key with that id
│   ├── KeyEnded             a key that was revoked or has ended was to be rotated
│   ├── IdKeyDiffers         the key of personal ids is not the one the store was made with
│   ├── KeysOutdated         the store names persons by masked numbers alone
│   ├── NotAFileOfItsOwn     a link, a pipe or a device stands where a file is to be written
│   ├── BackupInvalid        a file is no backup, or not a whole one
│   ├── StoreExists          a store stands where one was to be restored
│   ├── AddressInvalid       what should be the address of a store is none
│   ├── TruthUnreadable      a truth file without the two columns
│   ├── SourceControlled     a record that a loaded file tells was to be put or taken out by hand
│   ├── TooManyAtOnce        a caller asks for more at once than others can spare
│   ├── CursorInvalid        what should name the next page of a list names none
│   ├── JobUnknown           no job with that id, or one that has expired
│   ├── JobUnready           what came out of a job is asked for, and there is nothing yet, or never will be
│   ├── WriteKeyReused       the key of one write was sent with another
│   ├── WriteKeyBusy         the first call under that key has not been answered yet
│   ├── WriteAnswerLost      the call under that key was carried out, and its answer is gone
│   └── NothingToDo          a step was called before the step it builds on
├── ProviderUnreachable      the identity provider does not answer, or not as one
├── GivenUp                  a request took too long; nothing of it was kept
├── JobBrokenOff             the process of a job ended before the job did
├── NotResolved              the parties of the store are not known yet
├── ServerStopping           the server was told to stop
└── StoreTrouble             the store did not do what was asked
    ├── StoreUnreachable     it does not answer
    │   └── StoreMissing     there is none at that address
    ├── StoreReadOnly        it may be read, and nothing else
    ├── StoreRefused         it answers, but not to this user
    ├── StoreNewer           it was written by a newer program
    ├── StoreDamaged         what it holds does not fit together
    ├── StoreBusy            another writer holds it
    └── StoreFull            there is no room left
"""

from collections.abc import Sequence


class KithError(Exception):
    """Something a person can act on: `title`, the `facts`, and where there is one, a `remedy`."""

    title = "Something went wrong"
    remedy: str | None = None

    def __init__(self, *, remedy: str | None = None, **facts: object) -> None:
        self.facts = facts
        self.remedy = remedy or type(self).remedy
        super().__init__(str(self))

    def __str__(self) -> str:
        facts_text = ", ".join(f"{name} {value}" for name, value in self.facts.items() if value is not None)
        return f"{self.title}: {facts_text}" if facts_text else self.title


class WrongCall(KithError):
    """The caller asked for something that cannot be."""

    title = "That cannot be done"


class CursorInvalid(WrongCall):
    """What should name the next page of a list is no cursor, or one of another list."""

    title = "That cursor names no page of this list"
    remedy = "Send what the page before named as `next`, with the same other parameters; or leave it out."


class NotForPartners(WrongCall):
    """A partner asked for what only the operator of this kith may see or do."""

    title = "This is not for partners"


class PurposeDiffers(NotForPartners):
    """A partner's key was used for another purpose than the one it was made for."""

    title = "This key is for another purpose"
    remedy = "Leave the purpose out, or name the one of the key."


class NotForRole(WrongCall):
    """The role of the caller's key may not do that."""

    title = "This role may not do that"
    remedy = "Ask the operator of this kith for a key of another role."


class OutOfScope(NotForRole):
    """The key is confined to other routes or data sets."""

    title = "This key is confined to something else"
    remedy = "Ask the operator of this kith for a key without that limit."


class SignsAsAnother(NotForRole):
    """A key, or a person who signed in, was to sign with the name of another."""

    title = "A key signs with its own name"
    remedy = "Leave the name out, or give that of the key."


class NotOwnParty(NotForRole):
    """A person's own key was used for another party."""

    title = "This key is for its own party alone"


class SignInRefused(WrongCall):
    """An identity provider's token or code does not let its bearer in."""

    title = "The sign-in was refused"


class ProviderUnreachable(KithError):
    """The identity provider does not answer, or not as one."""

    title = "The identity provider did not answer"
    remedy = "Try again later, or sign in with a key."


class KeyUnknown(WrongCall):
    """No key with that id."""

    title = "No such key"
    remedy = "`kith keys list` has them."


class KeyEnded(WrongCall):
    """A key that was revoked or has ended was to be rotated."""

    title = "The key has ended"
    remedy = "Make a new one: `kith keys create --help`."


class GivenUp(KithError):
    """A request took too long, and nobody waits for it any more; nothing of it was kept."""

    title = "The request was given up"


class ServerStopping(KithError):
    """The server was told to stop: it answers what is at work, and nothing new for long."""

    title = "The server is stopping"


class BackupInvalid(WrongCall):
    """A file is no backup, or not a whole one."""

    title = "This backup was refused"


class StoreExists(WrongCall):
    """A store stands where one was to be restored."""

    title = "There is a store already"
    remedy = "Name another place, or put it in place of that one with --overwrite."


class SourceControlled(WrongCall):
    """A record that a loaded file tells was to be put or taken out by hand."""

    title = "Loaded files tell this record"


class TooManyAtOnce(WrongCall):
    """A caller asks for more at once than others can spare."""

    title = "Too much at once"


class JobUnknown(WrongCall):
    """No job with that id, or one that has expired."""

    title = "No such job"


class JobUnready(WrongCall):
    """What came out of a job is asked for, and there is nothing yet, or never will be."""

    title = "There is no result"


class JobBrokenOff(KithError):
    """The process of a job ended before the job did: the server was stopped, or the machine."""

    title = "The job was broken off"
    remedy = "Nothing of its last step was kept. Begin it again: POST /v1/jobs/{id}/restart."


class WriteKeyReused(WrongCall):
    """The Idempotency-Key of one write was sent with another."""

    title = "This Idempotency-Key belongs to another request"
    remedy = "Send a new key with a new request; repeat the same request, byte for byte, under the same key."


class WriteKeyBusy(WrongCall):
    """The first call under that Idempotency-Key has not been answered yet."""

    title = "The first request under this Idempotency-Key is still at work"
    remedy = "Ask again in some seconds: the answer of the first is then given again."


class WriteAnswerLost(WrongCall):
    """The call under that Idempotency-Key was carried out, and the server ended before its answer was kept."""

    title = "The request under this Idempotency-Key was carried out, and its answer was lost"
    remedy = "Read what is there now. Send a new key where something is still to be written."


class SourceUnreadable(WrongCall):
    """A file cannot be read as what it claims to be."""

    title = "The file could not be read"


class MappingInvalid(WrongCall):
    """A mapping names a field or kind that does not exist."""

    title = "The mapping does not fit"


class RulebookInvalid(WrongCall):
    """A rulebook breaks one of its own laws."""

    title = "The rulebook was refused"


class CollectionsInvalid(WrongCall):
    """A page of collections of data sets does not say what it should."""

    title = "The page of collections was refused"
    remedy = "Write `collections:` with a name, a title and children for each; the guide of the screening contract shows one."


class ModelInvalid(WrongCall):
    """A model file is none, or does not fit the comparisons."""

    title = "The model was refused"


class EntityUnknown(WrongCall):
    """No party with that id or name."""

    title = "No such party"


class RecordUnknown(WrongCall):
    """No record with that id."""

    title = "No such record"


class SourceUnknown(WrongCall):
    """No loaded file, and no data set, of that name."""

    title = "Nothing of that name is loaded"


class DatasetUnknown(WrongCall):
    """No data set, and no named collection of some, of that name."""

    title = "No such data set"
    remedy = "GET /catalog lists them; `default` is all of them."


class PropertyUnknown(WrongCall):
    """No property of that name in the schema of the entity, or none that leads to other entities."""

    title = "No such property"


class ContractInvalid(WrongCall):
    """A query of the screening contract that cannot be answered; `errors` says each trouble."""

    title = "Invalid query"

    def __init__(
        self, *, detail: str | None = None, errors: Sequence[str] = (), remedy: str | None = None, **facts: object
    ) -> None:
        self.detail, self.errors = detail or self.title, tuple(errors)
        super().__init__(remedy=remedy, errors="; ".join(self.errors) or None, **facts)


class NotResolved(KithError):
    """Nobody can be screened against a store whose parties are not known yet: an empty answer would be taken for a clear one."""

    title = "The store is not resolved yet"
    remedy = "Run kith resolve: it finds the parties that descriptions are compared with."


class TokenWrong(WrongCall):
    """Another token than the one that the operator set, or none is set."""

    title = "Invalid token"


class RecordInvalid(WrongCall):
    """What was sent is no record."""

    title = "The record was refused"


class EntityAmbiguous(WrongCall):
    """Several parties answer to that name; `choices` holds (id, name, place)."""

    title = "Several parties answer to that name"

    def __init__(self, name: str, choices: tuple[tuple[str, str, str | None], ...]) -> None:
        self.choices = choices
        super().__init__(name=name, found=len(choices), remedy="Call again with one of the ids listed.")


class NameInPart(EntityAmbiguous):
    """Words that are part of a party's name are not enough where something is to be written about it."""

    title = "Only part of a name was given"


class CaseUnknown(WrongCall):
    """No case for review with that id."""

    title = "No such case"
    remedy = "`kith rings --dismissed` lists them; a case whose members changed has another id."


class ConsentUnknown(WrongCall):
    """No consent with that id."""

    title = "No such consent"
    remedy = "`kith consent list` has them."


class WatchlistUnknown(WrongCall):
    """No watch list with that id, or none of this owner."""

    title = "No such watch list"
    remedy = "`kith watch list` has them."


class EntryUnknown(WrongCall):
    """No entry with that id on the watch list."""

    title = "No such entry"
    remedy = "`kith watch show LIST` has them."


class WebhookUnknown(WrongCall):
    """No subscription with that id, or none of this owner."""

    title = "No such subscription"
    remedy = "`kith webhooks list` has them."


class WebhookRefused(WrongCall):
    """An address that no events are sent to."""

    title = "No events are sent to this address"


class TruthUnreadable(WrongCall):
    """A truth file without the two columns."""

    title = "The truth file could not be read"


class IdKeyDiffers(WrongCall):
    """The key of personal ids is not the one the store was made with."""

    title = "This is not the id key of this store"
    remedy = (
        "Put back the key file that the store was made with (KITH_ID_KEY_FILE): with another one a person loaded before is "
        "not known again. To change keys: `kith id-key rotate --help`."
    )


class KeysOutdated(WrongCall):
    """The store names persons by masked numbers alone, as kith once did: several persons may be one record there."""

    title = "This store names persons by masked numbers"
    remedy = (
        "Load its files into a new store (`kith ingest FILE --store sqlite:///new.db`) and carry the verdicts over with "
        "`kith labels export` and `kith labels import`. This store can still be read."
    )


class NotAFileOfItsOwn(WrongCall):
    """A link, a pipe or a device stands where a file is to be written: whoever laid it decides what is overwritten."""

    title = "The file cannot be written there"
    remedy = "Name a plain file, or take away what stands there."


class NothingToDo(WrongCall):
    """A step was called before the step it builds on."""

    title = "Nothing to work on yet"


class ModelNoBetter(WrongCall):
    """Training made a model that finds parties worse than the one there is."""

    title = "The new model is no better"


class AddressInvalid(WrongCall):
    """What should be the address of a store is none."""

    title = "That is no address of a store"
    remedy = "Write it as sqlite:///kith.db or neo4j://user:password@host:7687/database."


class StoreTrouble(KithError):
    """The store did not do what was asked. What a failed step left behind, if anything, the next call replaces."""

    title = "The store failed"


class StoreUnreachable(StoreTrouble):
    """It does not answer."""

    title = "The store did not answer"


class StoreMissing(StoreUnreachable):
    """There is none at that address, and nothing was asked that would make one."""

    title = "There is no such store"
    remedy = "Check --store (or KITH_STORE); `kith ingest FILE` makes a new one."


class StoreReadOnly(StoreTrouble):
    """It may be read, and nothing else."""

    title = "The store may only be read"
    remedy = "Nothing was changed. To change it, let its file and the folder around it be written to."


class StoreRefused(StoreTrouble):
    """It answers, but not to this user."""

    title = "The store refused this user or password"


class StoreNewer(StoreTrouble):
    """It was written by a newer program."""

    title = "The store was written by a newer kith"
    remedy = "Upgrade kith, or point --store at another store."


class StoreDamaged(StoreTrouble):
    """What it holds is damaged, or was changed by something that is no kith."""

    title = "What the store holds does not fit"
    remedy = "Take the store from a backup, or load the sources again into a new one."


class StoreBusy(StoreTrouble):
    """Another writer holds it."""

    title = "Another kith is writing to this store"
    remedy = "Wait until it is done, then call again."


class StoreFull(StoreTrouble):
    """There is no room left."""

    title = "There is no room left for the store"
    remedy = "Free some space, then call again: a step that was cut off starts anew."
