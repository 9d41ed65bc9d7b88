/** Hands a text to the browser as a file; a byte order mark lets spreadsheets read Chinese. */
export function saveText(name: string, text: string): void {
  saveBlob(name, new Blob(['\ufeff', text], { type: 'text/csv;charset=utf-8' }));
}

export function saveBlob(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 0);
}
