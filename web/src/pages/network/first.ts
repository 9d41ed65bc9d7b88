// The first picture: the party, its neighbours, and what the main paths to listed parties run through.
import { address, ask, type Finish } from '../../api/client';
import type { Hop, Network } from '../../api/types';
import { missingOn, onlyHop } from '../../picture/state';

const NEIGHBOURS_MAX = 25;
const PATHS_MAX = 4;
const NODES_MAX = 400;

/** The surroundings of a party, one step far, strongest first. */
export const around = (id: string, limit: number): string =>
  address(`/entities/${encodeURIComponent(id)}/network`, { depth: 1, limit: Math.min(limit, NODES_MAX) });

export const firstOf = (focus: string): string => around(focus, NEIGHBOURS_MAX);

/** What a hop runs through. Where it runs through a person or a shared value, each end knows its half only. */
export async function askHop(hop: Hop, options: RequestInit = {}): Promise<Network> {
  const ends = hop.via ? [hop.to.id, hop.from.id] : [hop.to.id];
  const [first, ...rest] = await Promise.all(ends.map((id) => ask<Network>(around(id, NODES_MAX), options)));
  return onlyHop(rest.reduce(joined, first as Network), hop);
}

function joined(a: Network, b: Network): Network {
  const nodes = new Map([...b.nodes, ...a.nodes].map((node) => [node.id, node]));
  const ties = new Map([...a.ties, ...b.ties].map((tie) => [tie.id, tie]));
  return { ...a, nodes: [...nodes.values()], ties: [...ties.values()] };
}

/** Adds the parties and ties of the first paths where they lie further than one step. */
export const withPaths: Finish<Network> = async (network, signal) => {
  const hops = network.paths.slice(0, PATHS_MAX).flatMap((path) => missingOn(network, path));
  const found = await Promise.all(hops.map((hop) => askHop(hop, { signal })));
  return found.reduce(joined, network);
};
