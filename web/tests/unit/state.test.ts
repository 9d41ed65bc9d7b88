import { describe, expect, test } from 'vitest';
import type { Network, NetworkNode, NetworkTie } from '../../src/api/types';
import { filtersFrom, filtersTo } from '../../src/picture/filters';
import {
  ALL,
  emptyPicture,
  kindsOf,
  missingOn,
  onPath,
  onlyHop,
  picture,
  visible,
  type Command,
  type Picture,
} from '../../src/picture/state';

const node = (id: string): NetworkNode => ({
  id,
  kind: 'firm',
  name: id,
  name_other: null,
  place: null,
  score: 600,
  state: null,
  standing: 'nothing_found',
  listed: false,
  exposure: 0,
  ties: 0,
  shown_ties: 0,
});
const tie = (source: string, target: string, more: Partial<NetworkTie> = {}): NetworkTie => ({
  id: `${source}>${target}`,
  kind: 'OWNS',
  label: 'owns',
  source,
  target,
  share: 0.5,
  amount: null,
  currency: null,
  began_on: null,
  ended_on: null,
  ended: false,
  row_ids: [],
  ...more,
});
const hop = (from: string, to: string) => ({
  from: { id: from, name: from, kind: 'firm' as const },
  to: { id: to, name: to, kind: 'firm' as const },
  kind: 'OWNS',
  label: 'owns',
  share: 0.5,
  amount: null,
  tie_id: `${from}>${to}`,
  via: null,
  coefficient: 0.4,
  began_on: null,
  ended_on: null,
  row_ids: [],
});
const network = (ids: string[], ties: NetworkTie[], more: Network['more'] = [], paths: Network['paths'] = []): Network => ({
  freshness: null,
  focus: 'a',
  nodes: ids.map(node),
  ties,
  more,
  paths,
  shown: ids.length,
  total: 9,
});

// a - b - c, a = d (sold goods, no stake), and b knows two more that were left out.
const FIRST = network(
  ['a', 'b', 'c', 'd'],
  [
    tie('a', 'b'),
    tie('b', 'c', { share: 0.1 }),
    tie('a', 'd', { kind: 'SUPPLIES', label: 'sells to', share: null, ended: true }),
  ],
  [{ id: 'b', count: 2 }],
  [
    {
      listed_id: 'c',
      listed_name: 'c',
      sentence: '',
      strength: 0.1,
      covered: 1,
      profile: 'corporate',
      bears_points: true,
      hops: [hop('b', 'c'), hop('a', 'b')],
    },
  ],
);
const having = (...commands: Command[]): Picture =>
  commands.reduce(picture, picture(emptyPicture('a'), { do: 'load', network: FIRST }));
const ids = (state: Picture) =>
  visible(state)
    .nodes.map(({ id }) => id)
    .sort()
    .join('');
const filter = (filters: Partial<typeof ALL>): Command => ({ do: 'filter', filters });

describe('what is visible', () => {
  test('without filters everything that was loaded is visible', () => {
    expect(ids(having())).toBe('abcd');
    expect(visible(having()).ties).toHaveLength(3);
  });
  test('a kind that is switched off takes its ties away and the parties only they joined', () => {
    expect(ids(having(filter({ hiddenKinds: ['SUPPLIES'] })))).toBe('abc');
    expect(ids(having(filter({ hiddenKinds: ['OWNS'] })))).toBe('ad');
  });
  test('a smallest stake leaves ties without a stake alone', () => {
    expect(ids(having(filter({ shareMin: 0.25 })))).toBe('abd');
  });
  test('ended ties can be left out', () => expect(ids(having(filter({ ended: false })))).toBe('abc'));
  test('no tie is visible without both of its ends', () => {
    for (const state of [having(), having(filter({ shareMin: 0.25 })), having({ do: 'hide', id: 'b' })]) {
      const { nodes, ties } = visible(state);
      const here = new Set(nodes.map(({ id }) => id));
      expect(ties.every(({ source, target }) => here.has(source) && here.has(target))).toBe(true);
    }
  });
  test('every filter off and on again gives the same picture', () => {
    expect(visible(having(filter({ shareMin: 0.9, ended: false, hiddenKinds: ['OWNS'] }), filter(ALL)))).toEqual(
      visible(having()),
    );
  });
});

describe('commands', () => {
  const more = network(['b', 'e', 'f'], [tie('b', 'e'), tie('b', 'f')]);
  test('a node tells how many neighbours were left out, until they are all here', () => {
    expect(visible(having()).more).toEqual([{ id: 'more:b', of: 'b', count: 2 }]);
    expect(visible(having({ do: 'expand', network: network(['b', 'e'], [tie('b', 'e')]) })).more[0]?.count).toBe(1);
    expect(visible(having({ do: 'expand', network: more })).more).toEqual([]);
  });
  test('hiding takes out what hung on it; the focus cannot be hidden', () => {
    expect(ids(having({ do: 'hide', id: 'b' }))).toBe('ad');
    expect(ids(having({ do: 'hide', id: 'a' }))).toBe('abcd');
  });
  test('undo gives back the picture before, redo the one after', () => {
    const expanded = having({ do: 'expand', network: more });
    const undone = picture(expanded, { do: 'undo' });
    expect(ids(undone)).toBe('abcd');
    expect(visible(undone).more[0]?.count).toBe(2);
    expect(ids(picture(undone, { do: 'redo' }))).toBe('abcdef');
    expect(picture(having(), { do: 'undo' })).toEqual(having());
  });
  test('a new command forgets what could be redone', () => {
    const state = having({ do: 'hide', id: 'b' }, { do: 'undo' }, { do: 'hide', id: 'd' }, { do: 'redo' });
    expect(ids(state)).toBe('abc');
  });
  test('expanding brings a hidden party back', () => {
    expect(ids(having({ do: 'hide', id: 'b' }, { do: 'expand', network: network(['a', 'b'], [tie('a', 'b')]) }))).toBe('abcd');
  });
  test('the selection is given up when it leaves the picture', () => {
    const selected = having({ do: 'select', id: 'd' });
    expect(selected.selected).toBe('d');
    expect(picture(selected, filter({ hiddenKinds: ['SUPPLIES'] })).selected).toBeNull();
    expect(having({ do: 'select', id: 'nobody' }).selected).toBeNull();
  });
  test('the focus is selected first', () => expect(having().selected).toBe('a'));
  test('pressing a path marks its parties and ties, pressing it again marks none', () => {
    const pressed = having({ do: 'press path', index: 0 });
    expect([...(onPath(pressed) ?? [])].sort()).toEqual(['a', 'a>b', 'b', 'b>c', 'c']);
    expect(onPath(picture(pressed, { do: 'press path', index: 0 }))).toBeNull();
  });
});

describe('a path that leads out of the picture', () => {
  const path = { ...FIRST.paths[0], hops: [hop('e', 'b'), hop('a', 'b')] } as Network['paths'][number];
  test('only the hops that are not here are missing', () => {
    expect(missingOn(FIRST, path).map(({ tie_id }) => tie_id)).toEqual(['e>b']);
  });
  test('a hop through a person is here once the person is', () => {
    const through = { ...path, hops: [{ ...hop('a', 'b'), tie_id: 'derived', via: { id: 'd', name: 'd', kind: 'person' } }] };
    expect(missingOn(FIRST, through)).toEqual([]);
    expect(missingOn({ ...FIRST, nodes: FIRST.nodes.filter(({ id }) => id !== 'd') }, through)).toHaveLength(1);
  });
  test('of the answer only the ends of the hop are taken', () => {
    const crowd = network(['b', 'e', 'x', 'y'], [tie('b', 'e'), tie('b', 'x'), tie('x', 'y')], [{ id: 'b', count: 9 }]);
    const taken = onlyHop(crowd, hop('e', 'b'));
    expect([taken.nodes.map(({ id }) => id), taken.ties.map(({ id }) => id), taken.more]).toEqual([['b', 'e'], ['b>e'], []]);
  });
});

test('the kinds are counted, most first', () => {
  expect(kindsOf(having()).map(({ kind, count }) => `${kind} ${count}`)).toEqual(['OWNS 2', 'SUPPLIES 1']);
});

test('filters survive the address', () => {
  const filters = { hiddenKinds: ['OWNS', 'SUPPLIES'], shareMin: 0.25, ended: false };
  const query = Object.fromEntries(Object.entries(filtersTo(filters)).filter(([, value]) => value !== undefined)) as Record<
    string,
    string
  >;
  expect(filtersFrom(query)).toEqual(filters);
  expect(filtersFrom({})).toEqual(ALL);
  expect(filtersFrom({ min_share: 'seven' }).shareMin).toBe(0);
});
