"""Whatever happens to a store, in whatever order: a look answers as a network derived anew from its statements does."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.context.network_cache import NetworkCache
from api.context.request_context import RequestContext
from api.runs.journey import load_files, propagate_signals, resolve_records, unload_sources
from api.runs.single_records import delete_record, put_document
from api.settings import Settings
from api.wiring import open_store, rulebook
from graph.explanations.explanation import explain
from graph.explanations.rankings import reliable, risky
from graph.pipeline import derive_network
from ontology.errors import KithError
from resolution.live import Live
from resolution.sources.unloading import find_sources
from store.port import Store

FIRMS = ("榫卯家具厂", "苇帆航运公司", "梧砚文具公司", "岚汀石材公司")
REGISTRY = "企业名称,统一社会信用代码,住所,企业类型\n" + "".join(
    f"{name},,苇州市滨江路{number}号,有限责任公司\n" for number, name in enumerate(FIRMS, 3)
)
FILES = {
    "registry.csv": REGISTRY,
    "invoices.csv": "发票号码,销售方名称,购买方名称,价税合计,开票日期,付款日期,付款期限\n"
    + "".join(f"{n},{FIRMS[n % 4]},{FIRMS[(n + 1) % 4]},{1000 * n},2026-02-0{n},2026-03-0{n},2026-03-05\n" for n in range(1, 8)),
    "court.csv": "被执行人名称,执行法院,案号,立案时间,发布时间\n"
    + "".join(f"{name},苇州市人民法院,（2026）苇0{n}号,2026-01-05,2026-02-09\n" for n, name in enumerate(FIRMS[1:3], 1)),
}
NAMES = (*FIRMS, "苇州新设公司")
STEPS = st.one_of(
    st.tuples(st.just("load"), st.sampled_from(sorted(FILES))),
    st.tuples(st.just("unload"), st.sampled_from(["court.csv", "invoices.csv"])),
    st.tuples(st.just("put"), st.sampled_from(NAMES)),
    st.tuples(st.just("delete"), st.sampled_from(NAMES)),
    st.tuples(st.just("resolve"), st.none()),
    st.tuples(st.just("propagate"), st.sampled_from([date(2026, 3, 31), date(2026, 6, 30), date(2028, 1, 1)])),
)


@dataclass
class Journey:
    """A store of its own and the day of its last run."""

    store: Store
    settings: Settings
    folder: Path

    def take(self, step: str, with_: Any) -> None:
        """One step; what has nothing to do says so."""
        with suppress(KithError):
            self.must_take(step, with_)

    def must_take(self, step: str, with_: Any) -> None:
        """One step; an error where it has nothing to do."""
        if step == "load":
            load_files(self.store, [self.folder / with_], settings=self.settings)
        elif step == "unload":
            unload_sources(self.store, find_sources(self.store, with_))
        elif step == "put":
            put_document(Live(self.store), _record(with_), settings=self.settings)
        elif step == "delete":
            delete_record(Live(self.store), _record(with_)["id"], settings=self.settings)
        elif step == "resolve":
            resolve_records(self.store, settings=self.settings)
        else:
            self.settings = self.settings.model_copy(update={"today": with_})
            propagate_signals(self.store, settings=self.settings)

    def looks_hold(self) -> None:
        """Every answer of a new process is that of a network derived now."""
        day = self.settings.today
        assert day
        context = RequestContext(self.store, rulebook(self.settings), day, "en", NetworkCache())
        looked_at = context.scoring()
        fresh = derive_network(self.store, rulebook=context.rulebook, as_of=day)
        assert [*looked_at.network.parties.ids] == [*fresh.network.parties.ids]
        for id_ in fresh.network.parties.ids:
            ours, theirs = explain(looked_at, id_), explain(fresh, id_)
            assert rounded(ours) == rounded(theirs)
        assert risky(looked_at, limit=9) == risky(fresh, limit=9)
        assert reliable(looked_at, limit=9) == reliable(fresh, limit=9)


def rounded(explanation: Any) -> dict[str, Any]:
    """An explanation whose fixed points are told to six digits: a run takes them up from the last one."""
    content: dict[str, Any] = explanation.model_dump(mode="json")
    content["association"] = round(content["association"], 6)
    content["signals"] = [{**signal, "value": round(signal["value"], 6)} for signal in content["signals"]]
    return content


def _record(name: str) -> dict[str, Any]:
    return {"id": f"crm:{name}", "dataset": "crm", "source_class": "1", "kind": "firm", "names": [{"text": name}]}


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, min_size=2, max_size=7))
def test_looks_equal_a_fresh_run_after_any_sequence_of_changes(
    steps: list[tuple[str, Any]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("journey")
    for name, text in FILES.items():
        (folder / name).write_text(text, "utf-8")
    given_settings = Settings(store=f"sqlite:///{folder / 'k.db'}", today=date(2026, 3, 31), id_key_file=folder / "id.key")
    journey = Journey(open_store(given_settings, create=True), given_settings, folder)
    for step in (("load", "registry.csv"), ("resolve", None), ("propagate", date(2026, 3, 31))):
        journey.must_take(*step)
    for step in steps:
        journey.take(*step)
        journey.looks_hold()
    journey.store.close()
