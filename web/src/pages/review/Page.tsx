import { useLocation } from 'preact-iso';
import { useEffect, useRef, useState } from 'preact/hooks';
import { address, ask, Problem, useRemote } from '../../api/client';
import { session } from '../../api/session';
import type { About, Queue, Undone, VerdictWord, WaitingKind, WaitingPair } from '../../api/types';
import { link, partyLink } from '../../parts/address';
import { Listed } from '../../parts/Mark';
import { Shape, Text } from '../../parts/Name';
import { Part, ProblemBox } from '../../parts/Problem';
import { useTitle } from '../../parts/title';
import { words } from '../../words';
import { count } from '../../words/shown';
import { Conflicts } from './Conflicts';
import { Deciding, judge } from './Deciding';
import { Kinds } from './Kinds';
import { useKeys } from './keys';
import { PairTable } from './PairTable';
import { given, keyOf, moved, open, shown, takenBack, type Sitting } from './state';

const ASKED = 50; // Pairs asked for at a time: the next ones are there before they are needed.
const NOTHING: Sitting = { decided: [], at: null };

/** Name of the party whose possible partners stand together. */
const partyOfGroup = ({ left, right, group_id }: WaitingPair) =>
  (left.party.id === group_id ? left.party.name : right.party.name) ?? group_id;

function Waiting({ pairs, now, choose }: { pairs: WaitingPair[]; now: WaitingPair | undefined; choose: (key: string) => void }) {
  const w = words();
  return (
    <ul class="parties">
      {pairs.map((pair, n) => (
        <li key={keyOf(pair)}>
          {pair.group_pairs > 1 && pair.group_id !== pairs[n - 1]?.group_id && (
            <p class="pair-group quiet">
              <Text>{partyOfGroup(pair)}</Text> · {w.review.partners(pair.group_pairs)}
            </p>
          )}
          <button type="button" class="pair-choice" aria-current={pair === now} onClick={() => choose(keyOf(pair))}>
            <span>
              <Shape kind={pair.kind} /> <Text>{pair.left.record.name}</Text>
            </span>
            <small>
              <Text>{pair.right.record.name}</Text>
            </small>
            <small>
              {pair.sentence} {pair.listed && <Listed />}
            </small>
          </button>
        </li>
      ))}
      {pairs.length === 0 && <li class="body">{w.review.nothing}</li>}
    </ul>
  );
}

interface Props {
  queue: Queue;
  by: string;
  barred: string | null;
  again: () => void;
}

function Sat({ queue, by, barred, again }: Props) {
  const w = words();
  const [sitting, turn] = useState<Sitting>(NOTHING);
  const [said, say] = useState('');
  const [problem, fail] = useState<Problem | null>(null);
  const sent = useRef(new Set<string>()); // A key hit twice before the answer came is one word on one pair.
  const { route } = useLocation();
  const left = open(queue.pairs, sitting);
  const pair = shown(queue.pairs, sitting);
  useEffect(() => {
    sent.current.clear();
    turn(NOTHING);
  }, [queue.blind, by]);
  const failed = (cause: unknown) => {
    if (!(cause instanceof Problem)) throw cause;
    fail(cause);
  };
  const decide = (verdict: VerdictWord, reason: string) => {
    if (!pair || barred || sent.current.has(keyOf(pair))) return;
    sent.current.add(keyOf(pair));
    fail(null);
    judge(pair, verdict, by, reason, false)
      .then((told) => {
        const name = pair.left.record.name;
        const occasion = told.lines[0]?.occasion ?? '';
        turn((before) => given(queue.pairs, before, { key: keyOf(pair), occasion, verdict, name }));
        const others = told.others.map((line) =>
          w.review.other_said(line.by, line.verdict ? w.review.verdict[line.verdict] : ''),
        );
        say([w.review.verdict[verdict], '·', ...others, told.sentence].join(' '));
        if (told.effects.conflicts.length > 0 || left.length === 1) again();
      })
      .catch((cause: unknown) => {
        sent.current.delete(keyOf(pair));
        failed(cause);
      });
  };
  const takeBack = (id: string, then: () => void) =>
    void ask<Undone>(address(`/judgements/${encodeURIComponent(id)}`, by ? { by } : {}), { method: 'DELETE' })
      .then((told) => {
        say(told.sentence);
        then();
      })
      .catch(failed);
  const last = sitting.decided.at(-1);
  const back = () => {
    if (last) sent.current.delete(last.key);
    turn(takenBack);
  };
  const undo = last && !barred ? () => takeBack(last.occasion, back) : null;
  const key = (verdict: VerdictWord) => () => decide(verdict, document.querySelector<HTMLInputElement>('#reason')?.value ?? '');
  useKeys({
    s: key('same'),
    d: key('different'),
    u: key('unsure'),
    z: undo ?? undefined,
    j: () => turn((before) => moved(queue.pairs, before, 1)),
    k: () => turn((before) => moved(queue.pairs, before, -1)),
    n: () => document.querySelector<HTMLInputElement>('#reason')?.focus(),
    o: pair && (() => route(partyLink(pair.left.party.id))),
  });
  return (
    <>
      <p class="lead">
        {w.review.waiting(queue.total - sitting.decided.length)}{' '}
        {sitting.decided.length > 0 && w.review.decided(sitting.decided.length)} <span class="quiet">{w.review.keys}</span>
      </p>
      <p role="status" class={said ? 'note' : 'hidden'}>
        {said}
      </p>
      {problem && <ProblemBox problem={problem} retry={() => fail(null)} />}
      <Conflicts conflicts={queue.conflicts} undo={barred ? null : (id) => takeBack(id, again)} />
      {pair ? (
        <div class="review">
          <section class="card" aria-labelledby="queue">
            <header>
              <h2 id="queue">{w.review.queue}</h2>
              <span class="quiet">{w.review.order}</span>
            </header>
            <Waiting pairs={left} now={pair} choose={(at) => turn((before) => ({ ...before, at }))} />
          </section>
          <section class="card pair-card" aria-labelledby="question">
            <header>
              <h2 id="question">{w.review.question[pair.kind]}</h2>
              {pair.listed && <Listed />}
              <span class="quiet">{pair.sentence}</span>
            </header>
            <div class="scroll" tabIndex={0} role="group" aria-labelledby="question">
              <PairTable pair={pair} />
            </div>
            <Deciding pair={pair} blind={queue.blind} barred={barred} decide={decide} undo={undo} />
          </section>
        </div>
      ) : (
        <section class="card">
          <p class="body">
            {queue.blind ? w.review.nothing_blind : w.review.nothing} <a href={link('/')}>{w.state.to_find}</a>{' '}
            {undo && (
              <button type="button" class="small" onClick={undo}>
                {w.review.undo}
              </button>
            )}
          </p>
        </section>
      )}
    </>
  );
}

/** Pairs that may be one party, one after the other: look, say a word, and it can be taken back. */
export default function ReviewPage() {
  const w = words();
  const own = session.value?.name ?? null; // Who signed in under a name signs with it.
  const [typed, sign] = useState(localStorage.getItem('reviewer') ?? '');
  const by = own === null ? typed : '';
  const { query, route } = useLocation();
  const blind = query.blind === 'true';
  const about = useRemote<About>('/v1/about');
  const past = query.as_of && about.state === 'here' && about.data.as_of !== query.as_of;
  const kind = blind ? undefined : (query.kind as WaitingKind | undefined);
  const asked = { limit: ASKED, ...(by ? { by } : {}), ...(blind ? { blind: 'true' } : {}), ...(kind ? { kind } : {}) };
  const queue = useRemote<Queue>(address('/judgements/queue', asked));
  useTitle(w.review.title);
  return (
    <div class="page">
      <div class="head">
        <h1 class="grow">{w.review.title}</h1>
        <label class="check">
          <input type="checkbox" checked={blind} onChange={() => route(link('/review', { blind: blind ? undefined : 'true' }))} />
          {w.review.blind}
        </label>
        <label class="check">
          {w.review.signed}
          <input
            value={own ?? by}
            readOnly={own !== null}
            placeholder={queue.state === 'here' ? queue.data.reviewer : ''}
            size={12}
            maxLength={100}
            autocomplete="off"
            onChange={({ currentTarget }) => {
              localStorage.setItem('reviewer', currentTarget.value.trim());
              sign(currentTarget.value.trim());
            }}
          />
        </label>
      </div>
      <Part from={queue} lines={9}>
        {(data) => (
          <>
            <Kinds queue={data} chosen={kind} />
            <Sat key={kind} queue={data} by={by} barred={past ? w.review.barred : null} again={queue.retry} />
          </>
        )}
      </Part>
      <p class="foot quiet">
        {queue.state === 'here' && queue.data.next && w.review.more(count(queue.data.matching - queue.data.pairs.length))}
      </p>
    </div>
  );
}
