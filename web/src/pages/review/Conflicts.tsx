import type { ConflictShown } from '../../api/types';
import { words } from '../../words';
import { date } from '../../words/shown';

/** Words that cannot all hold, with who and when; either may be taken back here. */
export function Conflicts({ conflicts, undo }: { conflicts: ConflictShown[]; undo: ((id: string) => void) | null }) {
  const w = words();
  if (conflicts.length === 0) return null;
  return (
    <section class="card" aria-labelledby="conflicts">
      <header>
        <h2 id="conflicts">{w.review.conflicts(conflicts.length)}</h2>
        <span class="quiet">{w.review.kept_apart}</span>
      </header>
      <ul class="parties">
        {conflicts.map((conflict) => (
          <li key={`${conflict.kind} ${conflict.left.id} ${conflict.right.id} ${conflict.scheme}`} class="body">
            <p>{conflict.sentence}</p>
            <ul>
              {conflict.lines.map((line) => (
                <li key={line.id} class="said">
                  <span>
                    <strong translate={false}>{line.by}</strong> {line.verdict && w.review.verdict[line.verdict]},{' '}
                    {date(line.decided_at)}
                    {line.reason && <>: {line.reason}</>}
                  </span>
                  <button type="button" class="small" disabled={!undo} onClick={() => undo?.(line.id)}>
                    {w.review.undo_this}
                  </button>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </section>
  );
}
