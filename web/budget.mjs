// Fails the build when a page grows heavier than promised. Sizes are gzipped bytes, as sent.
import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const KB = 1024;
const folder = new URL('./dist/', import.meta.url);
const weigh = (path) => gzipSync(readFileSync(new URL(path, folder))).length;

const html = readFileSync(new URL('index.html', folder), 'utf8');
const first = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map((match) => match[1]);
const assets = readdirSync(new URL('assets/', folder)).map((name) => `assets/${name}`);
const scripts = assets.filter((path) => path.endsWith('.js'));
const total = (paths) => paths.reduce((sum, path) => sum + weigh(path), 0);

const bounds = [
  ['first page, script', total(first.filter((path) => path.endsWith('.js'))), 60],
  ['all styles', total(assets.filter((path) => path.endsWith('.css'))), 12],
  ['network picture, script', total(scripts.filter((path) => path.includes('/network-'))), 180],
  ['all scripts', total(scripts), 250],
];
if (!scripts.some((path) => path.includes('/network-'))) throw new Error('no network chunk to weigh');
let over = false;
for (const [what, bytes, limit] of bounds) {
  const fits = bytes <= limit * KB;
  over ||= !fits;
  console.log(`${fits ? 'ok  ' : 'OVER'} ${what}: ${(bytes / KB).toFixed(1)} of ${limit} KB`);
}
process.exit(over ? 1 : 0);
