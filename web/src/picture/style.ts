// Picture language as a Cytoscape style: shape says what, border says listed, halo says by association.
import type { EdgeSingular, NodeSingular, StylesheetJson } from 'cytoscape';
import type { Colours } from './colours';
import { strokeOf } from './ties';

const HALO_MIN = 5;
const HALO_MAX = 31;
const DIM = 0.14;
const FADED = 0.35;
const ARROWS = { filled: 'triangle', hollow: 'triangle', vee: 'vee', none: 'none' } as const;
const HAN = /\p{Script=Han}/u;

/** Disc behind a node, px beyond its edge; wider and denser the stronger the exposure (0..1). */
export const haloOf = (exposure: number): number =>
  exposure > 0 ? HALO_MIN + (HALO_MAX - HALO_MIN) * Math.min(Math.sqrt(exposure), 1) : 0;

function nodes(c: Colours, font: string): StylesheetJson {
  return [
    {
      selector: 'node',
      style: {
        width: 46,
        height: 46,
        shape: 'round-rectangle',
        'background-color': c.surface,
        'border-width': 1.4,
        'border-color': c.edge,
        label: 'data(name)',
        'font-family': font,
        'font-size': 13,
        color: c.ink,
        'text-valign': 'bottom',
        'text-margin-y': 5,
        'text-wrap': 'wrap',
        'text-max-width': '116px',
        'text-outline-color': c.page,
        'text-outline-width': 2.5,
        'text-outline-opacity': 0.9,
        'text-overflow-wrap': ((node: NodeSingular) =>
          HAN.test(String(node.data('name'))) ? 'anywhere' : 'whitespace') as never,
        'overlay-opacity': 0,
        'min-zoomed-font-size': 5,
      },
    },
    { selector: 'node.person', style: { shape: 'ellipse', width: 42, height: 42 } },
    { selector: 'node.unknown', style: { shape: 'diamond', width: 50, height: 50 } },
    { selector: 'node.agency', style: { shape: 'hexagon', width: 54, height: 48 } },
    {
      selector: 'node.shared',
      style: { shape: 'ellipse', width: 28, height: 28, 'border-style': 'dotted', color: c.ink3, 'font-size': 12 },
    },
    {
      selector: 'node.focus',
      style: { width: 58, height: 58, 'border-width': 3, 'border-color': c.ink, 'font-size': 14, 'font-weight': 600 },
    },
    {
      selector: 'node[exposure > 0].scored',
      style: {
        'underlay-color': c.assoc,
        'underlay-shape': 'ellipse',
        'underlay-opacity': ((node: NodeSingular) => 0.12 + 0.22 * Math.min(node.data('exposure') as number, 1)) as never,
        'underlay-padding': ((node: NodeSingular) => haloOf(node.data('exposure') as number)) as never,
      },
    },
    { selector: 'node.listed', style: { 'border-style': 'double', 'border-width': 5, 'border-color': c.listed } },
    { selector: 'node.selected', style: { 'outline-width': 3, 'outline-color': c.accent, 'outline-offset': 3 } },
    {
      selector: 'node.more',
      style: {
        shape: 'round-rectangle',
        'corner-radius': '13px',
        width: 78,
        height: 26,
        'border-style': 'dashed',
        'border-width': 1.4,
        'text-valign': 'center',
        'text-margin-y': 0,
        color: c.accent,
        'font-weight': 600,
        'text-outline-width': 0,
      },
    },
    { selector: 'node.dim', style: { opacity: DIM, 'underlay-opacity': 0 } },
  ];
}

function edges(c: Colours, font: string): StylesheetJson {
  const stroke = (edge: EdgeSingular) => strokeOf(String(edge.data('kind')));
  const colour = ((edge: EdgeSingular) => c[stroke(edge).colour]) as never;
  return [
    {
      selector: 'edge',
      style: {
        'curve-style': 'bezier',
        'control-point-step-size': 34,
        width: 'data(width)',
        'line-color': colour,
        'target-arrow-color': colour,
        'arrow-scale': 1.05,
        'target-arrow-shape': ((edge: EdgeSingular) => ARROWS[stroke(edge).arrow]) as never,
        'target-arrow-fill': ((edge: EdgeSingular) => (stroke(edge).arrow === 'hollow' ? 'hollow' : 'filled')) as never,
        'line-style': ((edge: EdgeSingular) => (stroke(edge).dash ? 'dashed' : 'solid')) as never,
        'line-dash-pattern': ((edge: EdgeSingular) => stroke(edge).dash ?? [6, 3]) as never,
        label: 'data(label)',
        'font-family': font,
        'font-size': 12,
        color: c.ink2,
        'text-background-color': c.page,
        'text-background-opacity': 1,
        'text-background-padding': '2px',
        'overlay-opacity': 0,
        'min-zoomed-font-size': 6,
      },
    },
    {
      selector: 'edge.double',
      style: { 'line-color': c.page, 'line-outline-width': 1.3, 'line-outline-color': c.assoc, width: 2 },
    },
    { selector: 'edge.ended', style: { opacity: FADED } },
    { selector: 'edge.selected', style: { 'underlay-color': c.accent, 'underlay-opacity': 0.28, 'underlay-padding': 5 } },
    { selector: 'edge.on-path', style: { 'underlay-color': c.assoc, 'underlay-opacity': 0.26, 'underlay-padding': 6 } },
    { selector: 'edge.more', style: { 'line-style': 'dotted', 'line-color': c.edge, width: 1, 'target-arrow-shape': 'none' } },
    { selector: 'edge.dim', style: { opacity: DIM } },
  ];
}

export const styleOf = (colours: Colours, font: string): StylesheetJson => [...nodes(colours, font), ...edges(colours, font)];
