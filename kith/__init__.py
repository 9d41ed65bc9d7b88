"""kith for Python: a store is opened, and asked the same questions as by the command and over HTTP.

    with kith.open("kith.db") as session:
        session.run(["registry.csv", "court.xlsx"])
        for party in session.risky().results:
            print(party.name, party.sentence)

Answers are the pydantic objects that the API describes; lists of parties, scores, signals and ties also come as Arrow tables.
What goes wrong is a `kith.errors.KithError` with a title, facts and, where there is one, a remedy. docs/guides/python.ipynb
"""

TYPE_CHECKING = False  # As type checkers read it: `typing` alone would take longer to load than all of this.
if TYPE_CHECKING:
    from datetime import date
    from os import PathLike

    from kith.session import Kith
    from kith.tables import Table

__all__ = ["Kith", "Table", "open"]


def open(  # noqa: A001  # As in `gzip.open`: it is called with the name of the package.
    store: "str | PathLike[str] | None" = None,
    *,
    rulebook: "str | PathLike[str] | None" = None,
    lang: str | None = None,
    today: "date | None" = None,
    id_key_file: "str | PathLike[str] | None" = None,
) -> "Kith":
    """A store, ready to be asked; close it, or use it as a context manager.

    store:       a file's path, `sqlite:///PATH` or `neo4j://user:password@host:port/database`.
    rulebook:    a rulebook file in place of the one that comes with kith.
    lang:        language of sentences, "en" or "zh".
    today:       stands for today, so that a run can be repeated; answers are for that day.
    id_key_file: the key that hashes personal ids.
    What is left out is taken from the environment (KITH_STORE, KITH_LANG …), as the command does, else its usual value.

    A file that is not there is made by the first `ingest` or `run` with files, and by nothing else.
    Raises WrongCall where one of these cannot be, IdKeyDiffers, StoreTrouble.
    """
    from kith.session import open_session

    return open_session(store, rulebook=rulebook, lang=lang, today=today, id_key_file=id_key_file)


def __getattr__(name: str) -> object:
    """Kith and Table, once they are asked for: a bare `import kith` loads nothing else."""
    if name == "Kith":
        from kith.session import Kith

        return Kith
    if name == "Table":
        from kith.tables import Table

        return Table
    raise AttributeError(f"module 'kith' has no attribute {name!r}")
