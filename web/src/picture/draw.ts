// State -> canvas. Knows Cytoscape; knows nothing of pages, words or the API.
import cytoscape, { type Core, type ElementDefinition, type Position } from 'cytoscape';
import fcose from 'cytoscape-fcose';
import { coloursOf, fontOf } from './colours';
import { elementsOf, startOf, type Wording } from './elements';
import { settle, stretch } from './layout';
import { paintMarks, placeOf } from './marks';
import { keepPrinted } from './printed';
import { visible, type Picture } from './state';
import { styleOf } from './style';

cytoscape.use(fcose);

export interface Events {
  select: (id: string | null) => void;
  expand: (id: string) => void;
}
export interface Drawing {
  show: (state: Picture) => void;
  fit: () => void;
  arrange: () => void;
  centre: (zoom: number) => void;
  zoomBy: (factor: number) => void;
  panBy: (x: number, y: number) => void;
  restyle: () => void;
  png: (caption: string) => Promise<Blob>;
  counts: () => { nodes: number; ties: number; more: number; dimmed: number; selected: string | null };
  /** Where a node stands in the window, CSS px. */
  at: (id: string) => [number, number];
  destroy: () => void;
}

const FIT_PX = 48;
const ZOOM_MAX = 1.15;
const PNG_SCALE = 2;

/** Brings the canvas in line with the elements; answers whether a node was added. */
function sync(cy: Core, elements: ElementDefinition[], positions: Map<string, Position>): boolean {
  const wanted = new Map(elements.map((element) => [String(element.data.id), element]));
  cy.elements()
    .filter((element) => !wanted.has(element.id()))
    .remove();
  let added = false;
  for (const [id, element] of wanted) {
    const here = cy.getElementById(id);
    if (here.nonempty()) {
      here.data(element.data);
      here.classes(element.classes as string);
      continue;
    }
    added ||= element.group === 'nodes';
    const position = positions.get(id);
    cy.add(position && element.group === 'nodes' ? { ...element, position: { ...position } } : element);
  }
  return added;
}

function overlay(host: HTMLElement): HTMLCanvasElement {
  const canvas = host.appendChild(document.createElement('canvas'));
  canvas.className = 'marks-layer';
  return canvas;
}

/** Its style sheet is in base.css: the content security policy lets no script write one. */
function allowCytoscape(): void {
  const id = '__________cytoscape_stylesheet';
  if (!document.getElementById(id)) document.head.append(Object.assign(document.createElement('meta'), { id }));
}

function listen(cy: Core, events: Events): void {
  const chosen = (id: string) =>
    cy.getElementById(id).hasClass('more') ? events.expand(String(cy.getElementById(id).data('of'))) : events.select(id);
  cy.on('tap', 'node', ({ target }) => chosen(target.id()));
  cy.on('tap', 'edge', ({ target }) => !target.hasClass('more') && events.select(target.id()));
  cy.on('dbltap', 'node', ({ target }) => !target.hasClass('more') && events.expand(target.id()));
}

export function drawing(host: HTMLElement, wording: Wording, events: Events): Drawing {
  allowCytoscape();
  const look = { colours: coloursOf(host), font: fontOf(host) };
  const cy = cytoscape({
    container: host,
    style: styleOf(look.colours, look.font),
    minZoom: 0.15,
    maxZoom: 3,
    boxSelectionEnabled: false,
    autounselectify: true,
  });
  const layer = overlay(host);
  const stopPrinting = keepPrinted(cy, look, host);
  const kept = new Map<string, Position>();
  const scale = () => Math.max(devicePixelRatio, 1);

  const paint = () => {
    const pen = layer.getContext('2d');
    if (!pen) return;
    const [width, height] = [Math.round(host.clientWidth * scale()), Math.round(host.clientHeight * scale())];
    if (layer.width !== width || layer.height !== height) Object.assign(layer, { width, height });
    pen.clearRect(0, 0, width, height);
    paintMarks(pen, cy, look, placeOf(cy, scale()));
  };
  const remember = () =>
    cy.nodes().forEach((node) => {
      kept.set(node.id(), { ...node.position() });
    });
  const fit = () => {
    cy.fit(undefined, FIT_PX);
    if (cy.zoom() > ZOOM_MAX) {
      cy.zoom(ZOOM_MAX);
      cy.center();
    }
  };
  let shown: Picture | null = null;

  const show = (state: Picture) => {
    const first = shown?.focus !== state.focus;
    if (first) kept.clear();
    shown = state;
    const seen = visible(state);
    const fixed = new Map(kept);
    const starts = startOf(state, seen, kept);
    const added = sync(cy, elementsOf(state, seen, wording), new Map([...starts, ...kept]));
    if (added && starts.size > 0) settle(cy, fixed.size ? fixed : new Map([[state.focus, { x: 0, y: 0 }]]));
    if (first) stretch(cy);
    remember();
    if (first) fit();
    paint();
  };
  listen(cy, events);
  cy.on('render', paint);
  cy.on('dragfree', 'node', remember);
  const size = new ResizeObserver(() => {
    cy.resize();
    paint();
  });
  size.observe(host);

  return {
    show,
    fit,
    arrange: () => {
      if (!shown) return;
      kept.clear();
      const seen = visible(shown);
      for (const [id, position] of startOf(shown, seen, kept)) cy.getElementById(id).position({ ...position });
      settle(cy, new Map([[shown.focus, { x: 0, y: 0 }]]));
      stretch(cy);
      remember();
      fit();
    },
    centre: (zoom) => {
      cy.zoom(zoom);
      cy.center(cy.nodes('.focus'));
    },
    zoomBy: (factor) =>
      cy.zoom({ level: cy.zoom() * factor, renderedPosition: { x: host.clientWidth / 2, y: host.clientHeight / 2 } }),
    panBy: (x, y) => {
      cy.panBy({ x, y });
    },
    restyle: () => {
      Object.assign(look, { colours: coloursOf(host), font: fontOf(host) });
      cy.style(styleOf(look.colours, look.font));
      paint();
    },
    png: (caption) => picturePng(cy, look, caption),
    counts: () => ({
      nodes: cy.nodes().not('.more').length,
      ties: cy.edges().not('.more').length,
      more: cy.nodes('.more').length,
      dimmed: cy.nodes('.dim').not('.more').length,
      selected: cy.$('.selected').first().id() ?? null,
    }),
    at: (id) => {
      const { x, y } = cy.getElementById(id).renderedPosition();
      const { left, top } = host.getBoundingClientRect();
      return [left + x, top + y];
    },
    destroy: () => {
      size.disconnect();
      stopPrinting();
      cy.destroy();
      layer.remove();
    },
  };
}

async function picturePng(
  cy: Core,
  look: { colours: ReturnType<typeof coloursOf>; font: string },
  caption: string,
): Promise<Blob> {
  const picture = await createImageBitmap(
    await cy.png({ output: 'blob-promise', full: false, scale: PNG_SCALE, bg: look.colours.page }),
  );
  const canvas = Object.assign(document.createElement('canvas'), { width: picture.width, height: picture.height });
  const pen = canvas.getContext('2d') as CanvasRenderingContext2D;
  pen.drawImage(picture, 0, 0);
  paintMarks(pen, cy, look, placeOf(cy, PNG_SCALE));
  pen.fillStyle = look.colours.ink2;
  pen.font = `${12 * PNG_SCALE}px ${look.font}`;
  pen.fillText(caption, 16 * PNG_SCALE, canvas.height - 14 * PNG_SCALE);
  return new Promise((done, fail) => canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error('no picture')))));
}
