// What Cytoscape has no words for: the score inside a party, the figure of a person, the flag of a listing.
import type { Core, NodeSingular } from 'cytoscape';
import type { Colours } from './colours';

const DIM = 0.14;

function figure(pen: CanvasRenderingContext2D, colour: string): void {
  pen.strokeStyle = colour;
  pen.lineWidth = 1.5;
  pen.beginPath();
  pen.arc(0, -4.5, 4.5, 0, 2 * Math.PI);
  pen.moveTo(-8.5, 11);
  pen.bezierCurveTo(-8.5, 0.5, 8.5, 0.5, 8.5, 11);
  pen.stroke();
}

function pin(pen: CanvasRenderingContext2D, colour: string): void {
  pen.strokeStyle = colour;
  pen.lineWidth = 1.2;
  pen.beginPath();
  pen.moveTo(0, 7);
  pen.bezierCurveTo(-9, -2, -4, -7, 0, -7);
  pen.bezierCurveTo(4, -7, 9, -2, 0, 7);
  pen.stroke();
}

function receiver(pen: CanvasRenderingContext2D, colour: string): void {
  pen.strokeStyle = colour;
  pen.lineWidth = 1.2;
  pen.strokeRect(-3.5, -6.5, 7, 13);
  pen.strokeRect(-0.8, 4, 1.6, 0.5);
}

/** Two short bars: the same value twice. */
function bars(pen: CanvasRenderingContext2D, colour: string): void {
  pen.fillStyle = colour;
  pen.fillRect(-5, -3.5, 10, 1.6);
  pen.fillRect(-5, 2, 10, 1.6);
}

function flag(pen: CanvasRenderingContext2D, { listed, 'on-listed': on }: Colours, half: number): void {
  pen.translate(half, -half);
  pen.fillStyle = listed;
  pen.beginPath();
  pen.arc(0, 0, 8.5, 0, 2 * Math.PI);
  pen.fill();
  pen.fillStyle = on;
  pen.beginPath();
  pen.moveTo(-3, 5);
  pen.lineTo(-3, -4.5);
  pen.lineTo(4.5, -4.5);
  pen.lineTo(2.8, -1.8);
  pen.lineTo(4.5, 1);
  pen.lineTo(-1.6, 1);
  pen.lineTo(-1.6, 5);
  pen.fill();
}

function number(pen: CanvasRenderingContext2D, node: NodeSingular, c: Colours, font: string): void {
  const score = node.data('score') as number | null;
  pen.fillStyle = score === null ? c.ink3 : c.ink;
  pen.font = `600 ${node.hasClass('focus') ? 18 : 15.5}px ${font}`;
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  pen.fillText(score === null ? '?' : String(score), 0, 1);
}

function mark(pen: CanvasRenderingContext2D, node: NodeSingular, c: Colours, font: string): void {
  if (node.hasClass('more')) return;
  const { x, y } = node.position();
  pen.save();
  pen.translate(x, y);
  if (node.hasClass('dim')) pen.globalAlpha = DIM;
  if (node.hasClass('person')) figure(pen, c.ink2);
  else if (node.hasClass('address')) pin(pen, c.ink3);
  else if (node.hasClass('phone')) receiver(pen, c.ink3);
  else if (node.hasClass('shared')) bars(pen, c.ink3);
  else number(pen, node, c, font);
  if (node.hasClass('listed')) flag(pen, c, node.width() / 2 + 1);
  pen.restore();
}

/** Where the picture lies on a canvas: device px per unit of the picture, and the place of its origin. */
export interface Place {
  zoom: number;
  x: number;
  y: number;
}

/** Where the picture lies now on a canvas of its own size, `scale` device px per CSS px. */
export function placeOf(cy: Core, scale: number): Place {
  const { x, y } = cy.pan();
  return { zoom: scale * cy.zoom(), x: scale * x, y: scale * y };
}

/** Draws the marks over a canvas on which the picture lies at `place`. */
export function paintMarks(
  pen: CanvasRenderingContext2D,
  cy: Core,
  look: { colours: Colours; font: string },
  { zoom, x, y }: Place,
): void {
  pen.setTransform(zoom, 0, 0, zoom, x, y);
  cy.nodes().forEach((node) => {
    mark(pen, node, look.colours, look.font);
  });
  pen.setTransform(1, 0, 0, 1, 0, 0);
}
