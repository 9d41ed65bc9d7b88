// Where the parties stand. Nothing here is random: the same state always gives the same picture.
import type { Core, EdgeSingular, Position } from 'cytoscape';

const EDGE_PX = 118;
const STUB_PX = 40;
const RING_PX = 170;
const NEAR_PX = 125;

interface Node {
  id: string;
}
interface Tie {
  source: string;
  target: string;
}

/** Rings around the focus by number of hops, in the order the server ranked the parties. */
export function rings(focus: string, nodes: readonly Node[], ties: readonly Tie[]): Map<string, Position> {
  const next = new Map<string, string[]>();
  const join = (a: string, b: string) => next.set(a, [...(next.get(a) ?? []), b]);
  for (const { source, target } of ties) {
    join(source, target);
    join(target, source);
  }
  const depth = new Map([[focus, 0]]);
  for (const [id, hops] of depth) for (const other of next.get(id) ?? []) if (!depth.has(other)) depth.set(other, hops + 1);
  const placed = new Map<string, Position>([[focus, { x: 0, y: 0 }]]);
  for (let ring = 1; ring <= Math.max(...depth.values()); ring++) {
    const members = [...depth].filter(([, hops]) => hops === ring);
    const radius = Math.max(ring * RING_PX, (members.length * 84) / (2 * Math.PI));
    members.forEach(([id], n) => {
      const angle = (2 * Math.PI * n) / members.length + ring * 0.4 - Math.PI / 2;
      placed.set(id, { x: radius * Math.cos(angle), y: radius * Math.sin(angle) * 0.8 });
    });
  }
  for (const { id } of nodes) if (!placed.has(id)) placed.set(id, { x: RING_PX, y: RING_PX });
  return placed;
}

/** New neighbours of a party that stands already: on an arc that looks away from the middle. */
export function around(centre: Position, number: number): Position[] {
  const away = Math.atan2(centre.y, centre.x);
  const spread = Math.min(Math.PI * 1.2, 0.5 * number);
  return Array.from({ length: number }, (_, n) => {
    const angle = number === 1 ? away : away - spread / 2 + (spread * n) / (number - 1);
    const radius = NEAR_PX + 70 * (n % 2);
    return { x: centre.x + radius * Math.cos(angle), y: centre.y + radius * Math.sin(angle) };
  });
}

const STRETCH_MAX = 1.4;

/** Widens or flattens a fresh picture towards the shape of its frame, so that it can be shown larger. */
export function stretch(cy: Core): void {
  const { w, h } = cy.elements().boundingBox();
  const wanted = cy.width() / Math.max(cy.height(), 1) / (w / Math.max(h, 1));
  const x = Math.min(Math.max(wanted, 1), STRETCH_MAX);
  const y = Math.min(Math.max(1 / wanted, 1), STRETCH_MAX);
  cy.nodes().positions((node) => ({ x: node.position('x') * x, y: node.position('y') * y }));
}

/** Lets forces settle what is free; `fixed` stays exactly where it is. */
export function settle(cy: Core, fixed: ReadonlyMap<string, Position>): void {
  cy.layout({
    name: 'fcose',
    quality: 'default',
    randomize: false,
    animate: false,
    fit: false,
    packComponents: false,
    nodeDimensionsIncludeLabels: true,
    idealEdgeLength: (edge: EdgeSingular) => (edge.hasClass('more') ? STUB_PX : EDGE_PX),
    nodeRepulsion: 9000,
    edgeElasticity: 0.35,
    gravity: 0.3,
    numIter: 1500,
    tile: false,
    fixedNodeConstraint: [...fixed]
      .filter(([id]) => cy.getElementById(id).nonempty())
      .map(([nodeId, position]) => ({ nodeId, position })),
  } as never).run();
}
