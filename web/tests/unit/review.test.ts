import { describe, expect, test } from 'vitest';
import type { WaitingPair } from '../../src/api/types';
import { given, keyOf, marked, moved, open, shown, takenBack, type Sitting } from '../../src/pages/review/state';

const pair = (left: string, right: string) =>
  ({ left: { record: { id: left } }, right: { record: { id: right } } }) as WaitingPair;
const PAIRS = [pair('a', 'b'), pair('c', 'd'), pair('e', 'f')];
const START: Sitting = { decided: [], at: null };
const word = (of: WaitingPair) => ({ key: keyOf(of), occasion: `J-${keyOf(of)}`, verdict: 'same' as const, name: 'x' });
const [FIRST, SECOND, THIRD] = PAIRS as [WaitingPair, WaitingPair, WaitingPair];

describe('a sitting before the queue', () => {
  test('begins with the first pair and stops at the ends', () => {
    expect(shown(PAIRS, START)).toBe(FIRST);
    expect(shown(PAIRS, moved(PAIRS, START, -1))).toBe(FIRST);
    expect(shown(PAIRS, moved(PAIRS, moved(PAIRS, START, 1), 5))).toBe(THIRD);
  });
  test('goes on with the pair after the one decided, and before it at the end', () => {
    const after = given(PAIRS, { ...START, at: keyOf(SECOND) }, word(SECOND));
    expect(open(PAIRS, after)).toEqual([FIRST, THIRD]);
    expect(shown(PAIRS, after)).toBe(THIRD);
    expect(shown(PAIRS, given(PAIRS, after, word(THIRD)))).toBe(FIRST);
  });
  test('ends empty, and going back shows the pair again', () => {
    const done = PAIRS.reduce((sitting, each) => given(PAIRS, sitting, word(each)), START);
    expect(shown(PAIRS, done)).toBeUndefined();
    expect(shown(PAIRS, takenBack(done))).toBe(THIRD);
    expect(takenBack(START)).toBe(START);
  });
});

describe('what differs', () => {
  test.each([
    [
      '0576-8511 2041',
      '0576-8511 2040',
      [
        ['0576-8511 204', false],
        ['1', true],
      ],
    ],
    [
      '2018-04-12',
      '2016-04-12',
      [
        ['201', false],
        ['8', true],
        ['-04-12', false],
      ],
    ],
    [
      '临海市𠮷野',
      '临海市吉野',
      [
        ['临海市', false],
        ['𠮷', true],
        ['野', false],
      ],
    ],
    ['same', 'same', [['same', false]]],
    [
      'aa',
      'a',
      [
        ['a', false],
        ['a', true],
      ],
    ],
  ])('%s against %s', (text, other, pieces) => {
    expect(marked(text, other)).toEqual(pieces);
    expect(
      marked(text, other)
        .map(([piece]) => piece)
        .join(''),
    ).toBe(text);
  });
});
