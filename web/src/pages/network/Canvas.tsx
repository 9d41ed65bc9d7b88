import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Icon } from '../../parts/Icon';
import { theme } from '../../parts/theme';
import { drawing as draw, type Drawing } from '../../picture/draw';
import type { Visible } from '../../picture/state';
import { language, words } from '../../words';
import { money, nameOf, percent } from '../../words/shown';
import type { Bench } from './state';

const STEP_PX = 60;
const SMALL = '(max-width: 900px)';
const SMALL_ZOOM = 0.74;

const wording = {
  name: (node: Visible['nodes'][number]) => nameOf(node),
  // The amounts of trade are in the table: on every line they would hide the picture.
  tie: ({ kind, share, amount, currency }: Visible['ties'][number]) =>
    share !== null
      ? percent(share)
      : kind === 'MAY_SUCCEED'
        ? '≟'
        : kind === 'GUARANTEES' && amount !== null
          ? money(amount, currency)
          : '',
  more: (count: number) => words().network.more(count),
};

function keys(drawing: Drawing): Record<string, () => void> {
  return {
    ArrowLeft: () => drawing.panBy(STEP_PX, 0),
    ArrowRight: () => drawing.panBy(-STEP_PX, 0),
    ArrowUp: () => drawing.panBy(0, STEP_PX),
    ArrowDown: () => drawing.panBy(0, -STEP_PX),
    '+': () => drawing.zoomBy(1.25),
    '=': () => drawing.zoomBy(1.25),
    '-': () => drawing.zoomBy(0.8),
    0: drawing.fit,
  };
}

declare global {
  interface Window {
    __kith?: Pick<Drawing, 'at'> & { graph: Drawing['counts'] };
  }
}

/** The canvas. Tab enters and leaves it; everything in it is also in the tables below. */
export function Canvas({ bench, seen, drawing }: { bench: Bench; seen: Visible; drawing: RefObject<Drawing | null> }) {
  const host = useRef<HTMLDivElement>(null);
  const latest = useRef(bench);
  latest.current = bench;
  const w = words();
  useLayoutEffect(() => {
    const made = draw(host.current as HTMLElement, wording, {
      select: (id) => latest.current.run({ do: 'select', id }),
      expand: (id) => latest.current.expand(id),
    });
    drawing.current = made;
    window.__kith = { graph: made.counts, at: made.at };
    return () => {
      delete window.__kith;
      drawing.current = null;
      made.destroy();
    };
  }, []);
  const { state } = bench;
  useLayoutEffect(() => {
    const first = window.__kith?.graph && drawing.current?.counts().nodes === 0;
    drawing.current?.show(state);
    if (first && matchMedia(SMALL).matches) drawing.current?.centre(SMALL_ZOOM);
  }, [state, language.value]);
  useLayoutEffect(() => drawing.current?.restyle(), [theme.value, language.value]);
  return (
    <>
      <div
        ref={host}
        class="canvas"
        role="application"
        tabIndex={0}
        aria-label={w.network.canvas(seen.nodes.length, seen.ties.length)}
        aria-describedby="canvas-keys"
        onKeyDown={(event) => {
          const act = drawing.current && !event.ctrlKey && !event.metaKey && keys(drawing.current)[event.key];
          if (act) {
            event.preventDefault();
            act();
          }
        }}
      />
      <p id="canvas-keys" class="hidden">
        {w.network.canvas_keys}
      </p>
      <ul class="legend" aria-label={w.network.legend}>
        <li>
          <Icon name="firm" />
          {w.kind.firm}
        </li>
        <li>
          <Icon name="person" />
          {w.kind.person}
        </li>
        <li>
          <Icon name="agency" />
          {w.kind.agency}
        </li>
        <li>
          <span class="double-box" aria-hidden="true" />
          {w.network.listed_itself}
        </li>
        <li>
          <span class="halo-dot" aria-hidden="true" />
          {w.network.halo}
        </li>
      </ul>
    </>
  );
}
