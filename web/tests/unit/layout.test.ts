import { expect, test } from 'vitest';
import { around, rings } from '../../src/picture/layout';

const NODES = ['a', 'b', 'c', 'd'].map((id) => ({ id }));
const TIES = [
  { source: 'a', target: 'b' },
  { source: 'c', target: 'a' },
  { source: 'c', target: 'd' },
];
const far = ({ x, y }: { x: number; y: number }) => Math.hypot(x, y);

test('the focus stands in the middle, and further parties further out', () => {
  const placed = rings('a', NODES, TIES);
  const distance = (id: string) => far(placed.get(id) ?? { x: 0, y: 0 });
  expect(distance('a')).toBe(0);
  expect(distance('b')).toBeGreaterThan(0);
  expect(distance('d')).toBeGreaterThan(distance('b'));
});

test('the same network always stands the same way', () => expect(rings('a', NODES, TIES)).toEqual(rings('a', NODES, TIES)));

test('no two parties stand on one place', () => {
  const many = Array.from({ length: 60 }, (_, n) => ({ id: `n${n}` }));
  const places = [
    ...rings(
      'n0',
      many,
      many.slice(1).map(({ id }) => ({ source: 'n0', target: id })),
    ).values(),
  ];
  const closest = Math.min(...places.flatMap((a, n) => places.slice(n + 1).map((b) => Math.hypot(a.x - b.x, a.y - b.y))));
  expect(closest).toBeGreaterThan(46);
});

test('new neighbours stand near their party, away from the middle', () => {
  const centre = { x: 300, y: 0 };
  for (const number of [1, 2, 5, 20]) {
    const places = around(centre, number);
    expect(places).toHaveLength(number);
    const mean = places.reduce((sum, { x }) => sum + x, 0) / number;
    expect(mean).toBeGreaterThan(centre.x);
  }
});
