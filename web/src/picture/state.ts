// The picture as plain data: canvas, table and path list are three views of this one state.
import type { Hop, Network, NetworkNode, NetworkTie, PathLine } from '../api/types';

export interface Filters {
  /** Tie kinds that are switched off. */
  hiddenKinds: readonly string[];
  /** Stakes below this part of 1 are left out; ties without a stake stay. */
  shareMin: number;
  ended: boolean;
}

interface Content {
  nodes: ReadonlyMap<string, NetworkNode>;
  ties: ReadonlyMap<string, NetworkTie>;
  /** Neighbours each node has in all, as the server counted them. */
  neighbours: ReadonlyMap<string, number>;
  /** Parties a person took out of the picture. */
  hidden: ReadonlySet<string>;
}

export interface Picture extends Content {
  focus: string;
  paths: readonly PathLine[];
  total: number;
  filters: Filters;
  selected: string | null;
  /** The pressed path, as its place in `paths`. */
  path: number | null;
  past: readonly Content[];
  future: readonly Content[];
}

export type Command =
  | { do: 'load'; network: Network }
  | { do: 'expand'; network: Network }
  | { do: 'hide'; id: string }
  | { do: 'filter'; filters: Partial<Filters> }
  | { do: 'select'; id: string | null }
  | { do: 'press path'; index: number | null }
  | { do: 'undo' }
  | { do: 'redo' };

const STEPS_MAX = 100;
export const ALL: Filters = { hiddenKinds: [], shareMin: 0, ended: true };

const NOTHING: Content = { nodes: new Map(), ties: new Map(), neighbours: new Map(), hidden: new Set() };

export function emptyPicture(focus: string, filters: Filters = ALL): Picture {
  return { ...NOTHING, focus, paths: [], total: 0, filters, selected: null, path: null, past: [], future: [] };
}

function neighboursOf(ties: Iterable<NetworkTie>): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  const join = (a: string, b: string) => found.set(a, (found.get(a) ?? new Set()).add(b));
  for (const { source, target } of ties) {
    join(source, target);
    join(target, source);
  }
  return found;
}

/** Content with an answer added to it. What was there stays; a node's count of neighbours only grows. */
function joined(content: Content, network: Network): Content {
  const nodes = new Map(content.nodes);
  for (const node of network.nodes) nodes.set(node.id, node);
  const ties = new Map(content.ties);
  for (const tie of network.ties) if (nodes.has(tie.source) && nodes.has(tie.target)) ties.set(tie.id, tie);
  const here = neighboursOf(network.ties);
  const neighbours = new Map(content.neighbours);
  for (const { id, count } of network.more) {
    const all = (here.get(id)?.size ?? 0) + count;
    neighbours.set(id, Math.max(all, neighbours.get(id) ?? 0));
  }
  const hidden = new Set([...content.hidden].filter((id) => !network.nodes.some((node) => node.id === id)));
  return { nodes, ties, neighbours, hidden };
}

const contentOf = ({ nodes, ties, neighbours, hidden }: Picture): Content => ({ nodes, ties, neighbours, hidden });

function changed(picture: Picture, content: Content): Picture {
  const past = [...picture.past, contentOf(picture)].slice(-STEPS_MAX);
  return { ...picture, ...content, past, future: [] };
}

function stepped(picture: Picture, from: 'past' | 'future', to: 'past' | 'future'): Picture {
  const content = picture[from].at(-1);
  if (!content) return picture;
  return { ...picture, ...content, [from]: picture[from].slice(0, -1), [to]: [...picture[to], contentOf(picture)] };
}

/** A selection that is no longer in the picture is given up. */
function settled(picture: Picture): Picture {
  if (picture.selected === null) return picture;
  const { nodes, ties } = visible(picture);
  const here = nodes.some(({ id }) => id === picture.selected) || ties.some(({ id }) => id === picture.selected);
  return here ? picture : { ...picture, selected: null };
}

export function picture(state: Picture, command: Command): Picture {
  switch (command.do) {
    case 'load': {
      const { network } = command;
      const fresh = { ...emptyPicture(network.focus, state.filters), selected: state.selected ?? network.focus };
      return settled({ ...fresh, ...joined(NOTHING, network), paths: network.paths, total: network.total });
    }
    case 'expand':
      return changed(state, joined(state, command.network));
    case 'hide':
      if (command.id === state.focus || !state.nodes.has(command.id)) return state;
      return settled(changed(state, { ...contentOf(state), hidden: new Set([...state.hidden, command.id]) }));
    case 'filter':
      return settled({ ...state, filters: { ...state.filters, ...command.filters } });
    case 'select':
      return settled({ ...state, selected: command.id });
    case 'press path':
      return { ...state, path: command.index === state.path ? null : command.index };
    case 'undo':
      return settled(stepped(state, 'past', 'future'));
    case 'redo':
      return settled(stepped(state, 'future', 'past'));
  }
}

export interface Stub {
  id: string;
  of: string;
  count: number;
}
export interface Visible {
  nodes: NetworkNode[];
  ties: NetworkTie[];
  more: Stub[];
}

function passes(tie: NetworkTie, { hiddenKinds, shareMin, ended }: Filters): boolean {
  if (hiddenKinds.includes(tie.kind) || (tie.ended && !ended)) return false;
  return tie.share === null || tie.share >= shareMin;
}

/** Everything that can be reached from `start` over `ties`, `start` included. */
function reached(start: string, ties: readonly NetworkTie[]): Set<string> {
  const next = neighboursOf(ties);
  const found = new Set([start]);
  for (const id of found) for (const other of next.get(id) ?? []) found.add(other);
  return found;
}

/** What is in the picture: the ties that pass the filters, the nodes they join to the focus, and what more there is. */
export function visible(state: Picture): Visible {
  const shown = (id: string) => state.nodes.has(id) && !state.hidden.has(id);
  const passing = [...state.ties.values()].filter((tie) => shown(tie.source) && shown(tie.target) && passes(tie, state.filters));
  const inside = reached(state.focus, passing);
  const nodes = [...state.nodes.values()].filter(({ id }) => inside.has(id) && shown(id));
  const ties = passing.filter((tie) => inside.has(tie.source));
  const loaded = neighboursOf(state.ties.values());
  const more = nodes.flatMap(({ id }) => {
    const count = (state.neighbours.get(id) ?? 0) - (loaded.get(id)?.size ?? 0);
    return count > 0 ? [{ id: `more:${id}`, of: id, count }] : [];
  });
  return { nodes, ties, more };
}

/** Hops of a path that are not among these nodes and ties. */
export function missingOn({ nodes, ties }: Pick<Network, 'nodes' | 'ties'>, path: PathLine): Hop[] {
  const parties = new Set(nodes.map(({ id }) => id));
  const here = new Set(ties.map(({ id }) => id));
  return path.hops.filter(
    ({ from, to, via, tie_id }) =>
      !parties.has(from.id) || !parties.has(to.id) || (via ? !parties.has(via.id) : !here.has(tie_id)),
  );
}

/** Of an answer only what a hop needs, so that a pressed path brings no crowd along. */
export function onlyHop(network: Network, { from, to, via }: Hop): Network {
  const wanted = new Set([from.id, to.id, via?.id]);
  return {
    ...network,
    nodes: network.nodes.filter(({ id }) => wanted.has(id)),
    ties: network.ties.filter(({ source, target }) => wanted.has(source) && wanted.has(target)),
    more: [],
  };
}

/** The nodes and ties of the pressed path; null when none is pressed. */
export function onPath(state: Picture): Set<string> | null {
  const path = state.path === null ? undefined : state.paths[state.path];
  if (!path) return null;
  const marked = new Set(path.hops.flatMap((hop) => [hop.from.id, hop.to.id, hop.tie_id, ...(hop.via ? [hop.via.id] : [])]));
  // A derived tie runs through a person: the two ties it was derived from are part of the path.
  for (const { via, from, to } of path.hops)
    for (const tie of via ? state.ties.values() : [])
      if ([tie.source, tie.target].every((id) => id === via?.id || id === from.id || id === to.id)) marked.add(tie.id);
  return marked;
}

/** Tie kinds of the whole picture with their label and how many ties there are, most first. */
export function kindsOf(state: Picture): { kind: string; label: string; count: number }[] {
  const found = new Map<string, { kind: string; label: string; count: number }>();
  for (const { kind, label } of state.ties.values()) {
    const entry = found.get(kind) ?? { kind, label, count: 0 };
    found.set(kind, { ...entry, count: entry.count + 1 });
  }
  return [...found.values()].sort((a, b) => b.count - a.count || a.kind.localeCompare(b.kind));
}
