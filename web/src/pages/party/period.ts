import { words } from '../../words';
import { date } from '../../words/shown';

/** From when to when something held, in words; says so when no source dates it. */
export function period(began: string | null, ended: string | null): string {
  const w = words();
  if (began && ended) return w.tie.between(date(began), date(ended));
  if (began) return w.tie.since(date(began));
  return ended ? w.tie.until(date(ended)) : w.tie.undated;
}
