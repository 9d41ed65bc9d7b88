"""Each field of the rulebook is read by something, or waits for governance and is named here: none is there for show."""

import inspect
import re
from pathlib import Path

from pydantic import BaseModel

from ontology import rulebook, rulebook_parts, rulebook_persons, rulebook_scoring

PROJECT = Path(__file__).resolve().parents[2]
MODULES = (rulebook, rulebook_parts, rulebook_persons, rulebook_scoring)
FOR_GOVERNANCE = """
acknowledge_workdays areas basis_status change_control control_review correct_workdays data_allowed
data_forbidden deadline_workdays discount_affected_signals early_removal_after_months effect_during_appeal
evidence_min extend_days forward_to_source_workdays four_eyes four_eyes_actions free_of_charge
indefinite_ground issuer_kind mark_within_workdays masking min_months minors notice_days notices open_to
principles propagation_to_person public_search_by_id_number publish_months_max publish_months_min published
purpose_mismatch requires retroactive reviewer_independent second_review_decide_days second_review_window_days
subject_notice_days_before supersedes treatment unverifiable_at_deadline withdrawal_effect written_reasons
"""  # Read by nothing yet: notices, four eyes, deadlines of appeals, terms of restrictions, what may be collected of persons.


def declared_fields() -> set[str]:
    """Names of all fields of the rulebook's models."""
    models = (
        model
        for module in MODULES
        for _, model in inspect.getmembers(module, inspect.isclass)
        if model.__module__ == module.__name__
    )
    return {name for model in models if issubclass(model, BaseModel) for name in model.model_fields}


def read_fields() -> set[str]:
    """Names that stand behind a dot, or in a string of their own, in any module."""
    text = "\n".join(
        file.read_text("utf-8")
        for package in ("ontology", "resolution", "graph", "api")
        for file in sorted((PROJECT / package).rglob("*.py"))
    )
    return {*re.findall(r"\.(\w+)\b", text), *re.findall(r'"(\w+)"', text)}


def test_what_nothing_reads_waits_for_governance() -> None:
    assert declared_fields() - read_fields() == {*FOR_GOVERNANCE.split()}
