import type { LineKind, Score } from '../../src/api/types';

/** A score of these lines; the value is given apart, so that it can be wrong. */
export function scoreOf(value: number | null, ...lines: [LineKind, number][]): Score {
  return {
    entity_id: 'K-1',
    kind: 'firm',
    as_of: '2026-11-22',
    rulebook: 'r',
    standing: 'nothing_found',
    value,
    state: null,
    state_sentence: null,
    band: null,
    areas: {},
    reasons: [],
    counterfactuals: [],
    exposures: [],
    sentence: '',
    lines: lines.map(([kind, points], n) => ({
      kind,
      points,
      rule_id: `R${n}`,
      reason_code: `R${n}`,
      area: null,
      title: kind,
      detail: '',
      evidence_ids: [],
      disputed: false,
    })),
  };
}
