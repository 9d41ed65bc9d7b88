// What one sitting before the queue has decided; pure, so that keys, buttons and tests share it.
import type { VerdictWord, WaitingPair } from '../../api/types';

export interface Decision {
  key: string;
  occasion: string;
  verdict: VerdictWord;
  name: string;
}

export interface Sitting {
  decided: Decision[];
  at: string | null;
}

export const keyOf = (pair: WaitingPair): string => `${pair.left.record.id} ${pair.right.record.id}`;

/** Pairs of the queue that this sitting has not decided, in the queue's order. */
export function open(pairs: WaitingPair[], { decided }: Sitting): WaitingPair[] {
  const done = new Set(decided.map(({ key }) => key));
  return pairs.filter((pair) => !done.has(keyOf(pair)));
}

/** The pair in view: the chosen one while it is open, else the first. */
export const shown = (pairs: WaitingPair[], sitting: Sitting): WaitingPair | undefined => {
  const left = open(pairs, sitting);
  return left.find((pair) => keyOf(pair) === sitting.at) ?? left[0];
};

/** The pair `step` places on, the ends of the queue being its ends. */
export function moved(pairs: WaitingPair[], sitting: Sitting, step: number): Sitting {
  const left = open(pairs, sitting);
  const now = shown(pairs, sitting);
  const at = now ? left.indexOf(now) + step : 0;
  const next = left[Math.max(0, Math.min(left.length - 1, at))];
  return next ? { ...sitting, at: keyOf(next) } : sitting;
}

/** A word was given: the pair leaves the list and the one after it comes into view. */
export function given(pairs: WaitingPair[], sitting: Sitting, decision: Decision): Sitting {
  const left = open(pairs, sitting);
  const place = left.findIndex((pair) => keyOf(pair) === decision.key);
  const next = left[place + 1] ?? left[place - 1];
  return { decided: [...sitting.decided, decision], at: next ? keyOf(next) : null };
}

/** The last word was taken back: its pair is in view again. */
export function takenBack(sitting: Sitting): Sitting {
  const last = sitting.decided.at(-1);
  return last ? { decided: sitting.decided.slice(0, -1), at: last.key } : sitting;
}

/** A text cut where it differs from another: [same, differs?] pieces, by common beginning and end. */
export function marked(text: string, other: string): [string, boolean][] {
  const [ours, theirs] = [[...text], [...other]];
  let head = 0;
  while (head < ours.length && head < theirs.length && ours[head] === theirs[head]) head += 1;
  let tail = 0;
  const most = Math.min(ours.length, theirs.length) - head;
  while (tail < most && ours[ours.length - 1 - tail] === theirs[theirs.length - 1 - tail]) tail += 1;
  const pieces: [string, boolean][] = [
    [ours.slice(0, head).join(''), false],
    [ours.slice(head, ours.length - tail).join(''), true],
    [ours.slice(ours.length - tail).join(''), false],
  ];
  return pieces.filter(([piece]) => piece !== '');
}
