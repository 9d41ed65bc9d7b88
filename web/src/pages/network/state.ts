// The page's state: the picture's reducer, the address that a colleague can be sent, and the asking for more.
import { useLocation } from 'preact-iso';
import { useCallback, useEffect, useReducer, useState } from 'preact/hooks';
import { Problem, ask } from '../../api/client';
import { isShared, type Network, type NetworkNode } from '../../api/types';
import { link } from '../../parts/address';
import { around, askHop } from './first';
import { filtersFrom, filtersTo } from '../../picture/filters';
import { emptyPicture, missingOn, picture, visible, type Command, type Picture } from '../../picture/state';

const STEP = 20;

function begin({ network, query }: { network: Network; query: Record<string, string> }): Picture {
  const empty = { ...emptyPicture(network.focus, filtersFrom(query)), selected: query.sel ?? null };
  return picture(empty, { do: 'load', network });
}

/** A shared value is never opened: it would bring in everybody at a registered agent's desk. */
export const canExpand = ({ kind }: NetworkNode): boolean => !isShared(kind);

export interface Bench {
  state: Picture;
  run: (command: Command) => void;
  expand: (id: string) => void;
  press: (index: number) => void;
  problem: Problem | null;
}

/** Filters and selection are written into the address, without a new step in the history. */
function useAddress(state: Picture): void {
  const { route } = useLocation();
  useEffect(() => {
    const selected = state.selected && state.selected !== state.focus ? state.selected : undefined;
    const next = link('/network', { focus: state.focus, ...filtersTo(state.filters), sel: selected });
    if (next !== location.pathname + location.search) route(next, true);
  }, [state.focus, state.filters, state.selected]);
}

export function useBench(network: Network): Bench {
  const { query } = useLocation();
  const [state, run] = useReducer<Picture, Command, { network: Network; query: Record<string, string> }>(
    picture,
    { network, query },
    begin,
  );
  const [problem, tell] = useState<Problem | null>(null);
  useAddress(state);
  useEffect(() => {
    if (network.focus !== state.focus || state.nodes.size === 0) run({ do: 'load', network });
  }, [network]);
  const expand = useCallback(
    (id: string) => {
      const node = state.nodes.get(id);
      if (!node || !canExpand(node)) return;
      const here = [...state.ties.values()].filter(({ source, target }) => source === id || target === id).length;
      ask<Network>(around(id, here + STEP + 1))
        .then((more) => {
          tell(null);
          run({ do: 'expand', network: more });
          run({ do: 'select', id });
        })
        .catch((cause: unknown) => {
          if (cause instanceof Problem) tell(cause);
          else throw cause;
        });
    },
    [state],
  );
  const press = useCallback(
    async (index: number) => {
      const path = state.path === index ? undefined : state.paths[index];
      try {
        for (const hop of path ? missingOn(visible(state), path) : []) run({ do: 'expand', network: await askHop(hop) });
        run({ do: 'press path', index });
      } catch (cause) {
        if (cause instanceof Problem) tell(cause);
        else throw cause;
      }
    },
    [state],
  );
  return { state, run, expand, press, problem };
}
