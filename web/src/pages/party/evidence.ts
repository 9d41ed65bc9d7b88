// From a line of the score to what it rests on: source rows, or the part of the profile that holds them.
import type { Profile, ScoreLine } from '../../api/types';
import type { Proof } from '../../parts/Evidence';
import { proofsOfPath } from '../../parts/PathView';

export type Part = 'records' | 'ties' | 'dealings';
export type Backing = { proofs: Proof[]; part: null } | { proofs: null; part: Part | null };

/** Every statement the profile already carries, by id. */
export function evidenceIn(profile: Profile): Map<string, Proof> {
  const found = new Map<string, Proof>();
  for (const { id, title, issuer, programme, listed_on, case_no, row_id } of profile.listings)
    found.set(id, { title, facts: [issuer, programme, case_no], day: listed_on, row_ids: [row_id] });
  for (const { id, title, issuer, given_on, row_id } of profile.recognitions)
    found.set(id, { title, facts: [issuer], day: given_on, row_ids: [row_id] });
  return found;
}

/** Points that were counted from many statements bear no ids: the part of the profile that lists those statements. */
const COUNTED: Record<string, Part> = {
  on_time_payment: 'dealings',
  platform_trade_quality: 'dealings',
  partner_endorsement: 'dealings',
  contract_performance: 'dealings',
  public_procurement_performed: 'dealings',
  loans_on_time: 'dealings',
  bills_on_time: 'dealings',
  contracts_kept: 'dealings',
  guarantees_honoured: 'dealings',
  payments_on_time: 'dealings',
  loan_default_verified: 'dealings',
  guarantee_default_verified: 'dealings',
  evidence_good: 'dealings',
  evidence_bad: 'dealings',
  trust: 'ties',
  longevity: 'records',
};
const OWN_RULES = ['base', 'cap', 'ceiling', 'floor']; // the rulebook's own lines rest on no statement

/** What a line rests on, one click away. An exposure rests on the ties of the paths that bear its points. */
export function backingOf(line: ScoreLine, profile: Profile, evidence: Map<string, Proof>): Backing {
  if (line.kind === 'exposure') {
    const paths = profile.paths.filter(({ bears_points }) => bears_points).flatMap(proofsOfPath);
    return paths.length ? { proofs: paths, part: null } : { proofs: null, part: 'ties' };
  }
  const proofs = [...new Set(line.evidence_ids)].flatMap((id) => evidence.get(id) ?? []);
  if (proofs.length) return { proofs, part: null };
  if (OWN_RULES.includes(line.kind)) return { proofs: null, part: null };
  const part = COUNTED[line.rule_id] ?? 'records';
  return { proofs: null, part: part === 'dealings' && !profile.dealings?.total ? 'records' : part };
}

/** The line a reason was told of: same code and points, else same code. */
export function lineOf(reason: { reason_code: string; points: number }, lines: readonly ScoreLine[]): ScoreLine | undefined {
  const same = lines.filter(({ reason_code }) => reason_code === reason.reason_code);
  return same.find(({ points }) => points === reason.points) ?? same[0];
}
