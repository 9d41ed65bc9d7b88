"""A long list is checked in the background: its state, its result, whose it is, and when it is forgotten."""

import json
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
from pydantic import SecretStr

from api.app import create_app
from api.http.dependencies import AppState
from api.screenings.jobs import LIFE_S, OPEN_PER_OWNER, JobState, ScreeningJobs
from api.screenings.results import screen
from api.screenings.supplier_lists import Supplier
from api.wiring import now_of
from ontology.errors import JobUnknown, NothingToDo, TooManyAtOnce
from tests.api.callers import Caller
from tests.api.keys import bearer, make_key
from tests.api.regions import Region

PATIENCE_S = 60
KEY = "operator-key-of-the-jobs"


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def jobs() -> Iterator[ScreeningJobs]:
    jobs = ScreeningJobs()
    yield jobs
    jobs.close()


def rows_of(region: Region, number: int) -> list[Supplier]:
    return [Supplier(at, name=f"{region.sample.our_firm}{at % 3 or ''}") for at in range(1, number + 1)]


def ended(jobs: ScreeningJobs, id_: str, owner: str = "") -> JobState:
    ends = time.monotonic() + PATIENCE_S
    while (state := jobs.state(id_, owner=owner).state) in (JobState.WAITING, JobState.RUNNING):
        assert time.monotonic() < ends
        time.sleep(0.02)
    return state


def test_a_job_says_what_a_check_at_once_says(made: Region, jobs: ScreeningJobs) -> None:
    rows = rows_of(made, 40)
    begun = jobs.begin(made.context(), rows, owner="")
    assert (begun.rows, begun.checked <= 40) == (40, True)
    assert ended(jobs, begun.id) is JobState.DONE
    assert jobs.state(begun.id, owner="").checked == 40
    assert json.loads(jobs.result(begun.id, owner="")) == json.loads(screen(made.context(), rows).model_dump_json(by_alias=True))


def test_a_job_is_known_to_its_owner_alone(made: Region, jobs: ScreeningJobs) -> None:
    begun = jobs.begin(made.context(), rows_of(made, 2), owner="Bank")
    for question in (jobs.state, jobs.result, jobs.leave):
        with pytest.raises(JobUnknown):
            question(begun.id, owner="")
    assert ended(jobs, begun.id, "Bank") is JobState.DONE


def test_a_job_is_forgotten_an_hour_after_its_end(made: Region) -> None:
    clock = Clock()
    jobs = ScreeningJobs(clock)
    begun = jobs.begin(made.context(), rows_of(made, 2), owner="")
    ended(jobs, begun.id)
    clock.now = LIFE_S - 1
    assert jobs.state(begun.id, owner="").expires_in_s == 1
    clock.now = LIFE_S
    with pytest.raises(JobUnknown):
        jobs.state(begun.id, owner="")
    jobs.close()


def test_an_owner_has_few_open_jobs_and_others_have_theirs(made: Region, jobs: ScreeningJobs) -> None:
    many = rows_of(made, 5000)
    begun = [jobs.begin(made.context(), many, owner="Bank") for _ in range(OPEN_PER_OWNER)]
    with pytest.raises(TooManyAtOnce):
        jobs.begin(made.context(), many, owner="Bank")
    assert jobs.begin(made.context(), many, owner="Port").state in (JobState.WAITING, JobState.RUNNING)
    jobs.leave(begun[0].id, owner="Bank")
    jobs.begin(made.context(), many, owner="Bank")


def test_a_job_that_is_left_ends_at_its_next_row(made: Region, jobs: ScreeningJobs) -> None:
    long = jobs.begin(made.context(), rows_of(made, 10_000), owner="")
    with pytest.raises(NothingToDo):
        jobs.result(long.id, owner="")
    jobs.leave(long.id, owner="")
    short = jobs.begin(made.context(), rows_of(made, 1), owner="")
    assert ended(jobs, short.id) is JobState.DONE
    with pytest.raises(JobUnknown):
        jobs.state(long.id, owner="")


def test_a_job_that_fails_says_so_and_shows_nothing_of_its_inside(made: Region, jobs: ScreeningJobs) -> None:
    begun = jobs.begin(made.context(), [None], owner="")  # type: ignore[list-item]
    assert ended(jobs, begun.id) is JobState.FAILED
    told = jobs.state(begun.id, owner="").problem or {}
    assert (told["title"], told["status"]) == ("Something went wrong", 500)


def state(made: Region) -> AppState:
    settings = made.settings.model_copy(update={"api_key": SecretStr(KEY), "screening_rows_max": 2000})
    return replace(made.state, settings=settings)


def test_over_http_a_list_too_long_for_one_request_goes_into_a_job(made: Region) -> None:
    app = create_app(state(made))
    caller, operator = Caller(app), {"authorization": f"Bearer {KEY}"}
    partner = make_key(made.store, "partner", partner="Bank", purpose="credit", now=now_of(made.settings))
    names = {"names": [made.sample.our_firm] * 1001}
    refused = caller.post("/v1/screenings", json=names, headers=operator)
    assert (refused.status_code, "/v1/screenings/jobs" in refused.json()["remedy"]) == (400, True)
    begun = caller.post("/v1/screenings/jobs", json=names, headers=operator)
    assert begun.status_code == 202
    path = f"/v1/screenings/jobs/{begun.json()['id']}"
    assert caller.get(path, headers=bearer(partner)).status_code == 404
    early = caller.get(f"{path}/result", headers=operator)
    assert early.status_code in (200, 409)
    assert caller.ask("DELETE", path, headers=operator).status_code == 200
    assert caller.get(path, headers=operator).status_code == 404
    beyond = caller.post("/v1/screenings/jobs", json={"names": ["a"] * 2001}, headers=operator)
    assert (beyond.status_code, beyond.json()["rows_max"]) == (400, 2000)
    app.state.screening_jobs.close()
