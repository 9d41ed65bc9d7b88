// The picture as paper shows it: all of it, in light colours, the parties and their marks in one bitmap that no page width can part.
import type { Core } from 'cytoscape';
import { coloursOf, type Colours } from './colours';
import { paintMarks } from './marks';
import { styleOf } from './style';

const SCALE = 2;
const SIDE_PX_MAX = 6000;
const EDGE_PX = 12; // flags and halos reach beyond what Cytoscape measures

interface Look {
  colours: Colours;
  font: string;
}
interface Renderer {
  bufferCanvasImage: (options: { full: boolean; maxWidth: number; maxHeight: number }) => HTMLCanvasElement;
}

/** Draws the whole picture on `paper`. The style of `look` is put back afterwards. */
function drawOn(paper: HTMLCanvasElement, cy: Core, look: Look, host: HTMLElement): void {
  const colours = { ...coloursOf(host), page: '#ffffff' };
  cy.style(styleOf(colours, look.font));
  const box = cy.elements().boundingBox();
  const scale = Math.min(SCALE, SIDE_PX_MAX / Math.max(box.w, box.h, 1));
  const size = { maxWidth: Math.ceil(box.w) * scale, maxHeight: Math.ceil(box.h) * scale };
  const picture = (cy as unknown as { renderer: () => Renderer }).renderer().bufferCanvasImage({ full: true, ...size });
  const edge = EDGE_PX * scale;
  Object.assign(paper, { width: picture.width + 2 * edge, height: picture.height + 2 * edge });
  const pen = paper.getContext('2d');
  if (picture.width > 0) pen?.drawImage(picture, edge, edge);
  if (pen) paintMarks(pen, cy, { ...look, colours }, { zoom: scale, x: edge - box.x1 * scale, y: edge - box.y1 * scale });
  cy.style(styleOf(look.colours, look.font));
}

/** Keeps a canvas in `host` that is shown on paper only, drawn anew before each print. Answers how to stop. */
export function keepPrinted(cy: Core, look: Look, host: HTMLElement): () => void {
  const paper = Object.assign(document.createElement('canvas'), { className: 'printed' });
  paper.setAttribute('aria-hidden', 'true');
  host.append(paper);
  const draw = () => drawOn(paper, cy, look, host);
  addEventListener('beforeprint', draw);
  return () => {
    removeEventListener('beforeprint', draw);
    paper.remove();
  };
}
