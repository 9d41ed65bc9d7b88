"""Which party each record really describes, noted while the files are written."""

from samples.facts import Party


class Truth:
    """Record id (`<dataset>:<key>`) -> cluster, in the order written."""

    def __init__(self) -> None:
        self.clusters: dict[str, str] = {}

    def note(self, dataset: str, key: str, party: Party) -> None:
        """Says whom the record of this key describes. Raises ValueError where it already describes somebody else."""
        record_id = f"{dataset}:{key}"
        if self.clusters.setdefault(record_id, party.cluster) != party.cluster:
            raise ValueError(f"{record_id} would describe both {self.clusters[record_id]} and {party.cluster}")

    def free(self, dataset: str, key: str, party: Party) -> bool:
        """Whether the key describes nobody else in this dataset."""
        return self.clusters.get(f"{dataset}:{key}", party.cluster) == party.cluster
