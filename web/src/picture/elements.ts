// State -> elements and where the new ones begin. Pure: the same state gives the same elements.
import type { ElementDefinition, Position } from 'cytoscape';
import { isShared } from '../api/types';
import { around, rings } from './layout';
import { onPath, type Picture, type Visible } from './state';
import { strokeOf, widthOf } from './ties';

/** Words the picture shows, given by the page in its language. */
export interface Wording {
  name: (node: Visible['nodes'][number]) => string;
  tie: (tie: Visible['ties'][number]) => string;
  more: (count: number) => string;
}
/** What is visible as Cytoscape's elements; their classes say how each is drawn. */
export function elementsOf(state: Picture, { nodes, ties, more }: Visible, wording: Wording): ElementDefinition[] {
  const path = onPath(state);
  const dim = (id: string) => (path && !path.has(id) ? 'dim' : '');
  const amountMax = Math.max(0, ...ties.map(({ amount }) => Math.abs(amount ?? 0)));
  const classes = (...all: (string | false)[]) => all.filter(Boolean).join(' ');
  return [
    ...nodes.map((node) => ({
      group: 'nodes' as const,
      data: { id: node.id, name: wording.name(node), score: node.score, exposure: node.exposure },
      classes: classes(
        isShared(node.kind) ? `shared ${node.kind}` : node.kind,
        node.id === state.focus && 'focus',
        node.listed && 'listed',
        (node.kind === 'firm' || node.kind === 'agency') && 'scored',
        node.id === state.selected && 'selected',
        dim(node.id),
      ),
    })),
    ...more.map((stub) => ({
      group: 'nodes' as const,
      data: { id: stub.id, name: wording.more(stub.count), of: stub.of },
      classes: classes('more', path !== null && 'dim'),
    })),
    ...ties.map((tie) => ({
      group: 'edges' as const,
      data: {
        id: tie.id,
        source: tie.source,
        target: tie.target,
        kind: tie.kind,
        label: wording.tie(tie),
        width: widthOf(tie, amountMax),
      },
      classes: classes(
        tie.ended && 'ended',
        strokeOf(tie.kind).line === 'double' && 'double',
        tie.id === state.selected && 'selected',
        dim(tie.id),
        path?.has(tie.id) === true && 'on-path',
      ),
    })),
    ...more.map((stub) => ({
      group: 'edges' as const,
      data: { id: `to ${stub.id}`, source: stub.of, target: stub.id, label: '', kind: '', width: 1 },
      classes: classes('more', path !== null && 'dim'),
    })),
  ];
}

/** Where each new node begins: around a neighbour that stands already, else on the rings around the focus. */
export function startOf(state: Picture, { nodes, ties, more }: Visible, kept: Map<string, Position>): Map<string, Position> {
  const fresh = new Map<string, Position>();
  if (!kept.has(state.focus)) for (const [id, position] of rings(state.focus, nodes, ties)) fresh.set(id, position);
  const waiting = new Map<string, string[]>();
  const edges = [...ties, ...more.map((stub) => ({ source: stub.of, target: stub.id }))];
  for (const { source, target } of edges) {
    for (const [at, id] of [
      [source, target],
      [target, source],
    ] as const) {
      if (kept.has(id) || fresh.has(id) || !(kept.has(at) || fresh.has(at))) continue;
      if (![...waiting.values()].flat().includes(id)) waiting.set(at, [...(waiting.get(at) ?? []), id]);
    }
  }
  for (const [at, ids] of waiting) {
    const places = around(kept.get(at) ?? fresh.get(at) ?? { x: 0, y: 0 }, ids.length);
    for (const [n, id] of ids.entries()) fresh.set(id, places[n] ?? { x: 0, y: 0 });
  }
  return fresh;
}
