import { useEffect, useRef, useState } from 'preact/hooks';
import { address, ask, Problem } from '../../api/client';
import type { Judged, VerdictWord, WaitingPair } from '../../api/types';
import { ProblemBox, Waiting } from '../../parts/Problem';
import { language, words } from '../../words';
import { keyOf } from './state';

export const VERDICTS: VerdictWord[] = ['same', 'different', 'unsure'];

export function judge(pair: WaitingPair, verdict: VerdictWord, by: string, reason: string, dryRun: boolean): Promise<Judged> {
  const [left, right] = pair.judge_on;
  const body = JSON.stringify({ left, right, verdict, reason, ...(by ? { by } : {}) });
  const headers = { 'Content-Type': 'application/json' };
  return ask<Judged>(address('/judgements', dryRun ? { dry_run: 'true' } : {}), { method: 'POST', body, headers });
}

/** What `same` would change, in the server's words; asked again when the pair or the language changes. */
function Tried({ pair }: { pair: WaitingPair }) {
  const [told, tell] = useState<Judged | Problem | null>(null);
  const [turn, again] = useState(0);
  const key = `${language.value} ${keyOf(pair)}`;
  useEffect(() => {
    let left = false;
    tell(null);
    judge(pair, 'same', '', '', true)
      .catch((problem: unknown) => {
        if (problem instanceof Problem) return problem;
        throw problem;
      })
      .then((answer) => left || tell(answer));
    return () => {
      left = true;
    };
  }, [key, turn]);
  const w = words();
  if (told === null) return <Waiting lines={1} />;
  if (told instanceof Problem) return <ProblemBox problem={told} retry={() => again((n) => n + 1)} />;
  return (
    <div class="tried">
      <p>
        <strong>{w.review.if_same}</strong> {told.effects.sentences.join(' ')}
      </p>
      {told.effects.conflicts.map((conflict) => (
        <p key={conflict.sentence}>{conflict.sentence}</p>
      ))}
      {told.effects.second_person && <p>{w.review.second_person}</p>}
    </div>
  );
}

interface Props {
  pair: WaitingPair;
  blind: boolean;
  barred: string | null;
  decide: (verdict: VerdictWord, reason: string) => void;
  undo: (() => void) | null;
}

/** What would change, and the bar with a button and a key for every word. */
export function Deciding({ pair, blind, barred, decide, undo }: Props) {
  const w = words();
  const reason = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (reason.current) reason.current.value = '';
  }, [keyOf(pair)]);
  return (
    <>
      {!blind && (
        <div class="body">
          <Tried pair={pair} />
        </div>
      )}
      <div class="decide">
        {barred && <p class="note">{barred}</p>}
        {VERDICTS.map((verdict) => (
          <button
            type="button"
            key={verdict}
            class={verdict === 'same' ? 'strong' : ''}
            data-verdict={verdict}
            disabled={barred !== null}
            onClick={() => decide(verdict, reason.current?.value ?? '')}
          >
            {w.review.verdict[verdict]} <kbd aria-hidden="true">{verdict[0]?.toUpperCase()}</kbd>
          </button>
        ))}
        <input
          ref={reason}
          id="reason"
          aria-label={w.review.reason}
          placeholder={w.review.reason}
          maxLength={2000}
          autocomplete="off"
        />
        <button type="button" class="bare" disabled={!undo || barred !== null} onClick={() => undo?.()}>
          {w.review.undo} <kbd aria-hidden="true">Z</kbd>
        </button>
      </div>
    </>
  );
}
