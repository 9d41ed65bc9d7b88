import { useMemo, useRef, useState } from 'preact/hooks';
import type { Network } from '../../api/types';
import { Evidence, type Asked } from '../../parts/Evidence';
import { ProblemBox } from '../../parts/Problem';
import { useTitle } from '../../parts/title';
import type { Drawing } from '../../picture/draw';
import { visible } from '../../picture/state';
import { words } from '../../words';
import { nameOf } from '../../words/shown';
import { Canvas } from './Canvas';
import { Filters } from './Filters';
import { PathList } from './PathList';
import { Selection } from './Selection';
import { useBench } from './state';
import { Tables } from './Tables';
import { Tools } from './Tools';

/** Picture, tables and paths: three views of one state. */
export function Workbench({ network }: { network: Network }) {
  const bench = useBench(network);
  const drawing = useRef<Drawing | null>(null);
  const [asked, open] = useState<Asked | null>(null);
  const { state, expand, press, problem } = bench;
  const seen = useMemo(() => visible(state), [state]);
  const focus = state.nodes.get(state.focus);
  const w = words();
  const title = w.network.of(focus ? nameOf(focus) : state.focus);
  useTitle(title);
  return (
    <div class="bench">
      <h1 class="hidden">{title}</h1>
      <Filters bench={bench} seen={seen} />
      <section class="middle" aria-label={w.network.picture}>
        <Tools bench={bench} drawing={drawing} />
        {problem && <ProblemBox problem={problem} retry={() => state.selected && expand(state.selected)} />}
        <Canvas bench={bench} seen={seen} drawing={drawing} />
      </section>
      <aside class="side" aria-label={w.network.selection}>
        <Selection bench={bench} open={open} />
        <PathList state={state} press={press} open={open} />
      </aside>
      <Tables bench={bench} seen={seen} open={open} />
      <Evidence asked={asked} close={() => open(null)} />
    </div>
  );
}
