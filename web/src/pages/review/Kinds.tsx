import type { Queue, WaitingKind } from '../../api/types';
import { link } from '../../parts/address';
import { words } from '../../words';
import { count } from '../../words/shown';

/** How many pairs of each kind wait, each a way to those alone; namesakes are only counted until they are asked for. */
export function Kinds({ queue, chosen }: { queue: Queue; chosen: WaitingKind | undefined }) {
  const w = words();
  if (queue.kinds.length === 0) return null;
  return (
    <nav class="kinds" aria-label={w.review.kinds}>
      <a class="tag" href={link('/review')} aria-current={chosen ? undefined : 'page'}>
        {w.review.all_kinds}
      </a>
      {queue.kinds.map(({ kind, pairs, sentence }) => (
        <a
          key={kind}
          class="tag"
          href={link('/review', { kind })}
          aria-current={chosen === kind ? 'page' : undefined}
          title={sentence}
        >
          {w.review.kind[kind]} <span class="number">{count(pairs)}</span>
        </a>
      ))}
      {queue.folded > 0 && <span class="quiet">{w.review.folded(count(queue.folded))}</span>}
    </nav>
  );
}
