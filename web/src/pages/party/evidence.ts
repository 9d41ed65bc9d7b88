// From the id of a statement to the thing it states and the source rows that state it.
import type { Profile } from '../../api/types';
import type { Proof } from '../../parts/Evidence';

/** Every statement the profile already carries, by id. */
export function evidenceIn(profile: Profile): Map<string, Proof> {
  const found = new Map<string, Proof>();
  for (const { id, title, issuer, listed_on, case_no, row_id } of profile.listings)
    found.set(id, { title, facts: [issuer, case_no], day: listed_on, row_ids: [row_id] });
  for (const { id, title, issuer, given_on, row_id } of profile.recognitions)
    found.set(id, { title, facts: [issuer], day: given_on, row_ids: [row_id] });
  for (const path of profile.paths)
    for (const hop of path.hops)
      found.set(hop.tie_id, { title: `${hop.from.name} · ${hop.label} · ${hop.to.name}`, facts: [], day: hop.began_on, row_ids: hop.row_ids });
  return found;
}

/** The proofs of some ids, each once, in the order asked. */
export function proofsOf(ids: readonly string[], evidence: Map<string, Proof>): Proof[] {
  return [...new Set(ids)].flatMap((id) => evidence.get(id) ?? []);
}
